import { ed25519Verify, hmacSha256 } from "#crypto";
import { ConfigurationError, SignatureError } from "../errors.js";
import { decodeBase64 } from "./base64.js";
import { checkOptions, milliseconds, type Now, type RawBody, rawBody } from "./arguments.js";
import { constantTimeEqual } from "./constant-time.js";
import { type HeadersLike, readDeliveryHeaders } from "./delivery-headers.js";
import type { SecretOptions, VerificationKeys } from "./secret.js";
import { type SigningSecrets, verificationKeys } from "./signing-secrets.js";

export interface VerifyOptions extends SecretOptions {
  /** Headers, a Map or a plain object, in any case; the `webhook-` names or the older `svix-` ones. */
  readonly headers: HeadersLike;
  /**
   * One or several of `whsec_…` and `whpk_…`, any of which may have signed; or a prepared `SigningSecrets`,
   * whose own options then hold and not `secretEncoding` and `allowShortSecrets` of this call.
   */
  readonly secrets: string | readonly string[] | SigningSecrets;
  /** How far the attempt timestamp may lie from now, both ways, in seconds. Default 300; 0 is 0; Infinity switches the check off. */
  readonly toleranceSeconds?: number | undefined;
  /** Default: the system clock. */
  readonly now?: Now | undefined;
}

/** A delivery proven genuine. */
export interface VerifiedMessage {
  /** Message id (`webhook-id`): the identity of the event, the same on every retry. */
  readonly id: string;
  /** Attempt timestamp (`webhook-timestamp`) in Unix seconds; every retry has its own. */
  readonly timestamp: number;
  /** The scheme that matched: `v1` HMAC-SHA256, `v1a` ed25519. */
  readonly scheme: "v1" | "v1a";
  /** The signature header as received. */
  readonly signature: string;
}

/** Default tolerance in seconds: Standard Webhooks 1.0.0 recommends five minutes. */
export const defaultToleranceSeconds = 300;
/** How many signatures one header may carry. */
export const maxSignatures = 64;

const utf8 = new TextEncoder();

/**
 * Proves that a delivery is genuine and recent (Standard Webhooks 1.0.0), without reading its body.
 * The signature is computed over the exact bytes given; a string stands for its UTF-8 encoding.
 *
 * @throws SignatureError `missing_header`, `malformed_header`, `timestamp_too_old`, `timestamp_too_new`, `signature_mismatch`
 * @throws ConfigurationError `invalid_secret`, `invalid_option`
 */
export function verifySignature(body: RawBody, options: VerifyOptions): VerifiedMessage {
  checkOptions(options, "verifySignature(body, { headers, secrets })");
  return verifyWithKeys(body, options, verificationKeys(options.secrets, options));
}

/** @internal `verifySignature` with keys that are ready; what `secrets` says in the options is not looked at. */
export function verifyWithKeys(
  body: RawBody,
  options: Omit<VerifyOptions, "secrets">,
  keys: readonly VerificationKeys[],
): VerifiedMessage {
  const bytes = rawBody(body);
  const tolerance = options.toleranceSeconds ?? defaultToleranceSeconds;
  if (!(tolerance >= 0)) throw new ConfigurationError("invalid_option", "toleranceSeconds must be 0 or more");

  const { id, timestamp, signature } = readDeliveryHeaders(options.headers);
  checkAge(timestamp, Math.floor(milliseconds(options.now) / 1000), tolerance);
  // A lone surrogate has no UTF-8 form: encoders replace it, and two different texts would share one signature.
  const scheme =
    typeof bytes === "string" && !bytes.isWellFormed()
      ? undefined
      : matchingScheme(signature, keys, `${id}.${timestamp}.`, bytes);
  if (scheme === undefined) {
    throw new SignatureError(
      "signature_mismatch",
      "No signature in the header was made with a configured secret over this id, timestamp and body",
    );
  }
  return { id, timestamp, scheme, signature };
}

function checkAge(timestamp: number, nowSeconds: number, tolerance: number): void {
  const age = nowSeconds - timestamp;
  if (age > tolerance)
    throw new SignatureError(
      "timestamp_too_old",
      `The attempt timestamp is ${age} s old; ${tolerance} s are tolerated`,
    );
  if (-age > tolerance)
    throw new SignatureError(
      "timestamp_too_new",
      `The attempt timestamp is ${-age} s ahead; ${tolerance} s are tolerated`,
    );
}

function matchingScheme(
  header: string,
  keys: readonly VerificationKeys[],
  prefix: string,
  body: string | Uint8Array,
): "v1" | "v1a" | undefined {
  // Several header lines of one name reach us joined by a comma and a space (RFC 9110 section 5.3).
  const entries = header.split(header.includes(", ") ? /,? / : " ");
  if (entries.length > maxSignatures) {
    throw new SignatureError(
      "malformed_header",
      `The signature header carries more than ${maxSignatures} signatures`,
    );
  }
  const given = (version: string) =>
    entries.filter((entry) => entry.startsWith(version)).map((entry) => entry.slice(version.length));
  if (matchesHmac(given("v1,"), keys, prefix, body)) return "v1";
  if (matchesEd25519(given("v1a,"), keys, prefix, body)) return "v1a";
  return undefined;
}

/** First every secret in its likelier reading, then in the other, so that the usual delivery costs one HMAC. */
function matchesHmac(
  candidates: readonly string[],
  keys: readonly VerificationKeys[],
  prefix: string,
  body: string | Uint8Array,
): boolean {
  if (candidates.length === 0) return false;
  for (const reading of [0, 1]) {
    for (const key of keys) {
      const hmac = key.scheme === "v1" ? key.hmac[reading] : undefined;
      if (hmac === undefined) continue;
      // Compared as text: one digest has one canonical base64 spelling, so no lax decoding can creep in.
      const expected = hmacSha256(hmac, prefix, body);
      if (candidates.some((candidate) => constantTimeEqual(candidate, expected))) return true;
    }
  }
  return false;
}

function matchesEd25519(
  candidates: readonly string[],
  keys: readonly VerificationKeys[],
  prefix: string,
  body: string | Uint8Array,
): boolean {
  const publicKeys = keys.flatMap((key) => (key.scheme === "v1a" ? [key.publicKey] : []));
  if (publicKeys.length === 0) return false;
  const signatures = candidates.map(decodeBase64).filter((bytes) => bytes?.length === 64) as Uint8Array[];
  if (signatures.length === 0) return false;
  const message = signedContent(prefix, body);
  return signatures.some((bytes) => publicKeys.some((key) => ed25519Verify(key, message, bytes)));
}

/** The signed bytes: `{id}.{timestamp}.` in ASCII, then the body. */
export function signedContent(prefix: string, body: string | Uint8Array): Uint8Array {
  const head = utf8.encode(prefix);
  const tail = typeof body === "string" ? utf8.encode(body) : body;
  const message = new Uint8Array(head.length + tail.length);
  message.set(head);
  message.set(tail, head.length);
  return message;
}
