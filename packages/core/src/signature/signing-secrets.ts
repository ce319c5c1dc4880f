import { ConfigurationError } from "../errors.js";
import { maxSecrets } from "../limits.js";
import { readVerificationSecret, type SecretOptions, type VerificationKeys } from "./secret.js";

/**
 * Secrets, checked and prepared once. Pass it to `unwrap` and `verifySignature` instead of strings,
 * so that an invalid secret fails at start and not when the first event arrives.
 *
 * @example
 * ```ts
 * import { sign, SigningSecrets, unwrap } from "@sessionhook/core";
 *
 * const [current, next] = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"];
 * const secrets = new SigningSecrets([current, next]); // once, at start
 * const headers = sign('{"type":"ping"}', { id: "evt_1", secret: next });
 * unwrap('{"type":"ping"}', { headers, secrets }); // => { type: "ping" }
 * ```
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
    // Distinct secrets only: an equal one would use up the limit of checks per message.
    this.#keys = [...new Set(list)].map((secret) => readOne(secret, list, options));
  }

  /** @internal */
  static keysOf(secrets: SigningSecrets): readonly VerificationKeys[] {
    return secrets.#keys;
  }
}

/** Reads one of the secrets; an error names its place among several. */
function readOne(secret: unknown, list: readonly unknown[], options: SecretOptions): VerificationKeys {
  try {
    return readVerificationSecret(secret, options);
  } catch (error) {
    if (list.length === 1 || !ConfigurationError.isInstance(error) || error.code !== "invalid_secret")
      throw error;
    const place = `Secret ${list.indexOf(secret) + 1} of ${list.length}`;
    throw new ConfigurationError(error.code, `${place}: ${error.message}`);
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

/** Returns the keys of secrets given in any form. @throws ConfigurationError as the constructor of SigningSecrets */
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
