import { ConfigurationError } from "../errors.js";
import { maxSecrets } from "../limits.js";
import { readVerificationSecret, type SecretOptions, type VerificationKeys } from "./secret.js";

const marker = Symbol.for("sessionhook.signingSecrets");

/** The arguments of a SigningSecrets. Prepared keys differ between versions and runtimes; these do not. */
interface Given {
  readonly secrets: readonly string[];
  readonly options: SecretOptions;
}

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
  readonly #given: Given;

  /**
   * @param secrets one or several of `whsec_…` (HMAC) and `whpk_…` (ed25519); any of them may sign. Prepared secrets, also of
   * another installed copy of this package, retain their own options
   * @throws ConfigurationError `invalid_secret`: none, more than 32, or one that is empty, a placeholder, of the wrong length or kind
   */
  constructor(secrets: string | readonly string[], options: SecretOptions = {}) {
    this.#given = givenTo(secrets) ?? {
      secrets: Array.isArray(secrets) ? [...(secrets as readonly string[])] : [secrets as string],
      options: { ...options },
    };
    const { secrets: list, options: chosen } = this.#given;
    if (list.length === 0) throw new ConfigurationError("invalid_secret", "No signing secret is configured");
    if (list.length > maxSecrets) {
      throw new ConfigurationError(
        "invalid_secret",
        `More than ${maxSecrets} signing secrets are configured`,
      );
    }
    // Distinct secrets only: an equal one would use up the limit of checks per message.
    this.#keys = [...new Set(list)].map((secret) =>
      inPlace(secret, list, () => readVerificationSecret(secret, chosen)),
    );
  }

  /** @internal Read by another installed copy of this package, whose `instanceof` does not recognize this object. */
  [marker](): Given {
    return this.#given;
  }

  /** @internal */
  static keysOf(secrets: SigningSecrets): readonly VerificationKeys[] {
    return secrets.#keys;
  }
}

/** Returns the arguments of a SigningSecrets, whichever copy created it; undefined for any other value. */
function givenTo(secrets: unknown): Given | undefined {
  if (typeof secrets !== "object" || secrets === null || !(marker in secrets)) return undefined;
  return (secrets as { [marker](): Given })[marker]();
}

/** Reads one of the secrets; an error names its place among several. */
function inPlace<Result>(secret: unknown, list: readonly unknown[], read: () => Result): Result {
  try {
    return read();
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

/** SigningSecrets of other copies, with those prepared here. */
const copies = new WeakMap<object, SigningSecrets>();

function prepareCopy(secrets: object): SigningSecrets {
  let prepared = copies.get(secrets);
  if (prepared === undefined) copies.set(secrets, (prepared = new SigningSecrets(secrets as never)));
  return prepared;
}

/** Returns the keys of secrets given in any form. @throws ConfigurationError as the constructor of SigningSecrets */
export function verificationKeys(
  secrets: string | readonly string[] | SigningSecrets,
  options: SecretOptions,
): readonly VerificationKeys[] {
  if (secrets instanceof SigningSecrets) return SigningSecrets.keysOf(secrets);
  if (typeof secrets === "string") return SigningSecrets.keysOf(prepareOne(secrets, options));
  if (secrets === undefined || secrets === null) throw missingSecrets(options);
  if (givenTo(secrets) !== undefined) return SigningSecrets.keysOf(prepareCopy(secrets));
  if (!Array.isArray(secrets) || secrets.length === 0 || secrets.length > maxSecrets) {
    return SigningSecrets.keysOf(new SigningSecrets(secrets as readonly string[], options));
  }
  const list = secrets as readonly string[];
  return [...new Set(list)].flatMap((secret) =>
    inPlace(secret, list, () => SigningSecrets.keysOf(prepareOne(secret, options))),
  );
}

function missingSecrets(options: object): ConfigurationError {
  const cause = "secret" in options ? "is called secrets, not secret" : "secrets is missing";
  return new ConfigurationError("invalid_secret", `No signing secret is configured: the option ${cause}`);
}
