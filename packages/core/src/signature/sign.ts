import { ed25519PublicKeyOf, ed25519Sign, hmacSha256 } from "#crypto";
import { ConfigurationError } from "../errors.js";
import { checkOptions, milliseconds, type Now, type RawBody, rawBody, timeOf } from "./arguments.js";
import { encodeBase64 } from "./base64.js";
import { idProblem } from "./message-headers.js";
import { signedContent } from "./match-signature.js";
import {
  maxSecretBytes,
  minSecretBytes,
  readSigningSecret,
  type SecretOptions,
  type SignatureKey,
} from "./secret.js";

export interface SignerOptions extends SecretOptions {
  /** `whsec_…` (HMAC) or `whsk_…` (ed25519); several during a rotation, each adds a signature. */
  readonly secret: string | readonly string[];
}

/** The part of a signed message beside its body. */
export interface SignedMessageOptions {
  /** Message id: at most 256 visible ASCII characters without a dot. The same on every retry. */
  readonly id: string;
  /** Attempt timestamp: Unix seconds, or a Date. Default: now. */
  readonly timestamp?: number | Date | undefined;
  /** Default: the system clock. Used where `timestamp` is not given. */
  readonly now?: Now | undefined;
}

export interface SignOptions extends SignerOptions, SignedMessageOptions {}

/** The three headers of a signed message. */
export type SignatureHeaders = {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
};

/**
 * Signs a body as Standard Webhooks 1.0.0 defines and returns the headers to send with it.
 * @throws ConfigurationError `invalid_secret`; `invalid_option` for an id, timestamp or body that cannot be signed
 *
 * @example
 * ```ts
 * import { sign } from "@sessionhook/core";
 *
 * const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
 * const headers = sign('{"type":"ping"}', { id: "evt_1", timestamp: 1739571908, secret });
 * headers["webhook-timestamp"]; // => "1739571908"
 * headers["webhook-signature"].startsWith("v1,"); // => true
 * ```
 */
export function sign(body: RawBody, options: SignOptions): SignatureHeaders {
  checkOptions(options, "sign(body, { id, secret })");
  // In this order, so that the first mistake is named.
  const prepared = prepare(body, options);
  return signed(prepared, keysOf(options));
}

/**
 * Returns a function that signs with secrets that are read once. Reading them takes longer than signing: use it where many
 * messages are signed.
 * @throws ConfigurationError `invalid_secret`, here; what else `sign` throws, the returned function
 *
 * @example
 * ```ts
 * import { createSigner } from "@sessionhook/core";
 *
 * const signer = createSigner({ secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" });
 * signer('{"type":"ping"}', { id: "evt_1", timestamp: 1739571908 })["webhook-timestamp"]; // => "1739571908"
 * ```
 */
export function createSigner(
  options: SignerOptions,
): (body: RawBody, message: SignedMessageOptions) => SignatureHeaders {
  checkOptions(options, "createSigner({ secret })");
  const keys = keysOf(options);
  return (body, message) => {
    checkOptions(message, "signer(body, { id })");
    return signed(prepare(body, message), keys);
  };
}

interface Prepared {
  readonly content: string | Uint8Array;
  readonly id: string;
  readonly timestamp: number;
}

function prepare(body: RawBody, options: SignedMessageOptions): Prepared {
  const content = rawBody(body);
  if (typeof content === "string" && !content.isWellFormed())
    refuse("The body has a lone surrogate and no UTF-8 form");
  if (typeof options.id !== "string" || options.id === "") refuse("The message id is missing");
  const problem = idProblem(options.id);
  if (problem !== undefined) refuse(`The message id ${problem}`);
  const timestamp = seconds(options.timestamp ?? Math.floor(milliseconds(options.now) / 1000));
  return { content, id: options.id, timestamp };
}

/** @throws ConfigurationError `invalid_secret` */
function keysOf(options: SignerOptions): readonly SignatureKey[] {
  const secrets: readonly unknown[] = Array.isArray(options.secret) ? options.secret : [options.secret];
  if (secrets.length === 0) throw new ConfigurationError("invalid_secret", "No signing secret is given");
  return secrets.map((secret) => readSigningSecret(secret, options));
}

function signed({ content, id, timestamp }: Prepared, keys: readonly SignatureKey[]): SignatureHeaders {
  const prefix = `${id}.${timestamp}.`;
  const signatures = keys.map((key) =>
    key.scheme === "v1"
      ? `v1,${hmacSha256(key.hmac, prefix, content)}`
      : `v1a,${encodeBase64(ed25519Sign(key.secretKey, signedContent(prefix, content)))}`,
  );
  return {
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures.join(" "),
  };
}

function seconds(timestamp: number | Date): number {
  const value = typeof timestamp === "number" ? timestamp : Math.floor(timeOf(timestamp) / 1000);
  if (!Number.isSafeInteger(value) || value < 0 || value > 999_999_999_999_999) {
    refuse("The timestamp must be an integer number of Unix seconds");
  }
  return value;
}

function refuse(message: string): never {
  throw new ConfigurationError("invalid_option", message);
}

/** The type of `new Uint8Array`, written so that TypeScript before 5.7 reads it: Uint8Array was not generic. */
type NewBytes = ReturnType<Uint8ArrayConstructor["of"]>;

/** Fills an array with random bytes; the default is the runtime's cryptographic generator. */
export type RandomFill = (bytes: NewBytes) => Uint8Array;

const systemRandom: RandomFill = (bytes) => crypto.getRandomValues(bytes);

/**
 * Returns a new HMAC signing secret: `whsec_` and the base64 of random bytes.
 * @param options.bytes 24 to 64, default 32
 * @throws ConfigurationError `invalid_option` for another length
 *
 * @example
 * ```ts
 * import { generateSecret } from "@sessionhook/core";
 *
 * generateSecret().startsWith("whsec_"); // => true
 * ```
 */
export function generateSecret(options: { bytes?: number; random?: RandomFill } = {}): string {
  const length = options.bytes ?? 32;
  if (!Number.isInteger(length) || length < minSecretBytes || length > maxSecretBytes) {
    throw new ConfigurationError(
      "invalid_option",
      `A secret has ${minSecretBytes} to ${maxSecretBytes} bytes`,
    );
  }
  return `whsec_${encodeBase64((options.random ?? systemRandom)(new Uint8Array(length)))}`;
}

/**
 * Returns a new ed25519 key pair (RFC 8032): the sender signs with `whsk_…`, receivers verify with `whpk_…`.
 *
 * @example
 * ```ts
 * import { generateKeyPair, sign, verifySignature } from "@sessionhook/core";
 *
 * const { secretKey, publicKey } = generateKeyPair();
 * const headers = sign("any body", { id: "evt_1", secret: secretKey });
 * verifySignature("any body", { headers, secrets: publicKey }).scheme; // => "v1a"
 * ```
 */
export function generateKeyPair(options: { random?: RandomFill } = {}): {
  secretKey: string;
  publicKey: string;
} {
  const seed = (options.random ?? systemRandom)(new Uint8Array(32));
  return {
    secretKey: `whsk_${encodeBase64(seed)}`,
    publicKey: `whpk_${encodeBase64(ed25519PublicKeyOf(seed))}`,
  };
}
