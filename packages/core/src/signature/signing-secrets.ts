import { ConfigurationError } from "../errors.js";
import { readVerificationSecret, type SecretOptions, type VerificationKeys } from "./secret.js";

/** How many secrets one receiver accepts at a time. */
export const maxSecrets = 32;

/**
 * Secrets, checked and made ready once. Give it to `unwrap` and `verifySignature` in place of the texts
 * to learn about a bad secret at start and not when the first event arrives.
 */
export class SigningSecrets {
  readonly #keys: readonly VerificationKeys[];

  /**
   * @param secrets one or several of `whsec_…` (HMAC) and `whpk_…` (ed25519); any of them may sign
   * @throws ConfigurationError `invalid_secret`: none, more than 32, or one that is empty, a placeholder, of the wrong length or kind
   */
  constructor(secrets: string | readonly string[], options: SecretOptions = {}) {
    const list: readonly unknown[] = Array.isArray(secrets) ? secrets : [secrets];
    if (list.length === 0) throw new ConfigurationError("invalid_secret", "No signing secret is configured");
    if (list.length > maxSecrets) {
      throw new ConfigurationError(
        "invalid_secret",
        `More than ${maxSecrets} signing secrets are configured`,
      );
    }
    // Each once: an equal one would only use up checks that a message may cost.
    this.#keys = [...new Set(list)].map((secret) => readVerificationSecret(secret, options));
  }

  /** @internal */
  static keysOf(secrets: SigningSecrets): readonly VerificationKeys[] {
    return secrets.#keys;
  }
}

/** Prepared single secrets by text and options; importing a key costs more than the HMAC of an event. */
const cache = new Map<string, SigningSecrets>();
const maxCached = 64;

function prepareOne(secret: string, options: SecretOptions): SigningSecrets {
  const cacheKey = `${options.secretEncoding ?? "auto"} ${options.allowShortSecrets === true} ${secret}`;
  let prepared = cache.get(cacheKey);
  if (prepared === undefined) {
    prepared = new SigningSecrets(secret, options);
    if (cache.size >= maxCached) cache.delete(cache.keys().next().value as string);
    cache.set(cacheKey, prepared);
  }
  return prepared;
}

/** The keys of whatever form secrets were given in. @throws ConfigurationError as the constructor of SigningSecrets */
export function verificationKeys(
  secrets: string | readonly string[] | SigningSecrets,
  options: SecretOptions,
): readonly VerificationKeys[] {
  if (secrets instanceof SigningSecrets) return SigningSecrets.keysOf(secrets);
  if (typeof secrets === "string") return SigningSecrets.keysOf(prepareOne(secrets, options));
  if (!Array.isArray(secrets) || secrets.length === 0 || secrets.length > maxSecrets) {
    return SigningSecrets.keysOf(new SigningSecrets(secrets as readonly string[], options));
  }
  const each = new Set(secrets as readonly string[]);
  return [...each].flatMap((secret) => SigningSecrets.keysOf(prepareOne(secret, options)));
}
