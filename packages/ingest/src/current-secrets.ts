import {
  ConfigurationError,
  type SecretOptions,
  SigningSecrets,
  type VerifyOptions,
} from "@sessionhook/core";

type Secrets = VerifyOptions["secrets"] | undefined;

/**
 * Returns a function that returns the current secrets, prepared. Secrets are prepared at once. A function is called for each
 * message, so that secrets can be exchanged at run time; its result is prepared again only when it differs from the last one.
 * @throws ConfigurationError `invalid_secret`, from the returned function if the secrets are given as a function
 */
export function currentSecrets(
  secrets: Secrets | (() => Secrets),
  options: SecretOptions = {},
): () => SigningSecrets {
  if (typeof secrets !== "function") {
    const ready = prepare(secrets, options, "secrets is");
    return () => ready;
  }
  let last: Secrets;
  let ready: SigningSecrets | undefined;
  return () => {
    const given = secrets();
    if (ready !== undefined && isSame(given, last)) return ready;
    ready = prepare(given, options, "The function secrets returned");
    // A copy: the app may change its array.
    last = Array.isArray(given) ? [...(given as readonly string[])] : given;
    return ready;
  };
}

/** Compares secrets of the app with each other; a sender cannot measure it. */
function isSame(given: Secrets, last: Secrets): boolean {
  if (!Array.isArray(given) || !Array.isArray(last)) return given === last;
  return given.length === last.length && given.every((one, i) => one === last[i]);
}

function prepare(secrets: Secrets, options: SecretOptions, origin: string): SigningSecrets {
  if (secrets instanceof SigningSecrets) return secrets;
  if (secrets === undefined)
    throw new ConfigurationError("invalid_secret", `No signing secret is configured: ${origin} undefined`);
  if ([secrets].flat().map(isPromise).includes(true)) {
    throw new ConfigurationError(
      "invalid_secret",
      `${origin} a promise: await it first, and give the secrets that it resolves to`,
    );
  }
  return new SigningSecrets(secrets, options);
}

/** Returns whether a value is a promise, whose rejection is then handled: it would end the process. */
function isPromise(value: unknown): boolean {
  const { then } = (value ?? {}) as { readonly then?: unknown };
  if (typeof then !== "function") return false;
  Promise.resolve(value).catch(() => undefined);
  return true;
}
