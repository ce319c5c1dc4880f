import { type Ed25519PublicKey, ed25519Verify, type HmacKey, hmacSha256, utf8Bytes } from "#crypto";
import { SignatureError } from "../errors.js";
import { decodeBase64 } from "./base64.js";
import { constantTimeEqual } from "./constant-time.js";
import { maxSignatures } from "../limits.js";
import { signatureEntries } from "./message-headers.js";
import { isEd25519Signature } from "./ed25519-point.js";
import type { VerificationKeys } from "./secret.js";

/** Length of the base64 of 32 and of 64 bytes, in characters. */
const hmacLength = 44;
const ed25519Length = 88;

const kib = 1024;

/**
 * Limits the work for one message, whatever its header contains. HMAC: 4 MiB hashed, one pass per key. Ed25519:
 * 2 MiB, one pass per signature and key, where the arithmetic of a check counts as another 48 KiB. Either takes
 * node:crypto 2 to 5 ms. Larger bodies still get the minimum that an ordinary rotation needs.
 */
const limits = {
  v1: { bytes: 4 * kib * kib, more: 0, least: 4 },
  v1a: { bytes: 2 * kib * kib, more: 48 * kib, least: 2 },
} as const;
/** So few secrets are all tried, in every reading, with a body of up to the default limit: at most 8 ms. */
const always = { secrets: 4, bytes: kib * kib };

/** @param limited whether checks were omitted because the message reached its limit */
export function signatureMismatch(limited = false): SignatureError {
  const message =
    "No signature in the header was made with a configured secret over this id, timestamp and body";
  const more = ". Not all were tried: the body is too large for so many signatures and secrets";
  return new SignatureError("signature_mismatch", limited ? message + more : message);
}

/**
 * Returns the scheme of a signature in the header that one of the keys made.
 * @param prefix `{id}.{timestamp}.`
 * @throws SignatureError `malformed_header` for too many signatures, `signature_mismatch`
 */
export function matchingScheme(
  header: string,
  keys: readonly VerificationKeys[],
  prefix: string,
  body: Uint8Array,
): "v1" | "v1a" {
  const entries = signatureEntries(header);
  if (entries.length > maxSignatures) {
    throw new SignatureError(
      "malformed_header",
      `The signature header carries more than ${maxSignatures} signatures`,
    );
  }
  const digests = given(entries, "v1,", hmacLength);
  const readings = digests.length === 0 ? [] : hmacReadings(keys);
  const pairs = ed25519Pairs(given(entries, "v1a,", ed25519Length), keys);
  const schemes = readings.length > 0 && pairs.length > 0 ? 2 : 1;

  const hmacChecks = allowedChecks("v1", keys, body.length, schemes);
  for (const key of readings.slice(0, hmacChecks)) {
    // Compared as text: one digest has one canonical base64 spelling, so no lax decoding can creep in.
    const expected = hmacSha256(key, prefix, body);
    for (const digest of digests) if (constantTimeEqual(digest, expected)) return "v1";
  }

  const ed25519Checks = allowedChecks("v1a", keys, body.length, schemes);
  const message = pairs.length === 0 ? body : signedContent(prefix, body);
  for (const [key, signature] of pairs.slice(0, ed25519Checks))
    if (ed25519Verify(key, message, signature)) return "v1a";
  throw signatureMismatch(readings.length > hmacChecks || pairs.length > ed25519Checks);
}

/**
 * Returns the maximum number of checks of a scheme for one message.
 * @param bodyBytes size of its body
 * @param schemes number of schemes with signatures to check: they share the limit
 */
function allowedChecks(
  scheme: keyof typeof limits,
  keys: readonly VerificationKeys[],
  bodyBytes: number,
  schemes: 1 | 2,
): number {
  const { bytes, more, least } = limits[scheme];
  const shared = Math.floor(Math.max(least, bytes / (bodyBytes + more)) / schemes);
  if (keys.length > always.secrets || bodyBytes > always.bytes) return shared;
  return Math.max(shared, checksOfOneSignature(scheme, keys));
}

/** Returns the number of checks of a signature with every secret in every reading. */
function checksOfOneSignature(scheme: keyof typeof limits, keys: readonly VerificationKeys[]): number {
  let checks = 0;
  for (const key of keys) if (key.scheme === scheme) checks += key.scheme === "v1" ? key.hmac.length : 1;
  return checks;
}

/**
 * Returns the signatures of a version that have its length, each once: the others match nothing and cost nothing. A loop,
 * as in `hmacReadings`: this runs for every message, and the usual one has a single signature.
 */
function given(entries: readonly string[], version: string, length: number): string[] {
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.length !== version.length + length || !entry.startsWith(version)) continue;
    const signature = entry.slice(version.length);
    if (!found.includes(signature)) found.push(signature);
  }
  return found;
}

/** First every secret in its likelier reading, then in the other, so that the usual message costs one HMAC. */
function hmacReadings(keys: readonly VerificationKeys[]): HmacKey[] {
  const readings: HmacKey[] = [];
  for (const reading of [0, 1]) {
    for (const key of keys) {
      const hmac = key.scheme === "v1" ? key.hmac[reading] : undefined;
      if (hmac !== undefined) readings.push(hmac);
    }
  }
  return readings;
}

/** Every signature that can be one, with every public key. */
function ed25519Pairs(
  signatures: readonly string[],
  keys: readonly VerificationKeys[],
): (readonly [Ed25519PublicKey, Uint8Array])[] {
  if (signatures.length === 0) return [];
  const publicKeys = keys.flatMap((key) => (key.scheme === "v1a" ? [key.publicKey] : []));
  return signatures
    .flatMap((text) => decodeBase64(text) ?? [])
    .filter((bytes) => bytes.length === 64 && isEd25519Signature(bytes))
    .flatMap((signature) => publicKeys.map((key) => [key, signature] as const));
}

/** The signed bytes: `{id}.{timestamp}.` in ASCII, then the body. */
export function signedContent(prefix: string, body: string | Uint8Array): Uint8Array {
  const head = utf8Bytes(prefix);
  const tail = typeof body === "string" ? utf8Bytes(body) : body;
  const message = new Uint8Array(head.length + tail.length);
  message.set(head);
  message.set(tail, head.length);
  return message;
}
