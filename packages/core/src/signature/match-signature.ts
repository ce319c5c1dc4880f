import { ed25519Verify, hmacSha256 } from "#crypto";
import { SignatureError } from "../errors.js";
import { decodeBase64 } from "./base64.js";
import { allowedChecks } from "./check-limit.js";
import { constantTimeEqual } from "./constant-time.js";
import { isEd25519Signature } from "./ed25519-point.js";
import type { VerificationKeys } from "./secret.js";

/** How many signatures one header may carry. */
export const maxSignatures = 64;
/** The base64 of 32 and of 64 bytes, in characters. */
const hmacLength = 44;
const ed25519Length = 88;

const utf8 = new TextEncoder();

/** @param untried how many checks were over the limit and not made */
export function signatureMismatch(untried = 0): SignatureError {
  const message =
    "No signature in the header was made with a configured secret over this id, timestamp and body";
  const more = `; ${untried} of the checks were not made: the body is too large for so many secrets and signatures`;
  return new SignatureError("signature_mismatch", untried > 0 ? message + more : message);
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
  // Several header lines of one name reach us joined by a comma and a space (RFC 9110 section 5.3).
  const entries = header.split(header.includes(", ") ? /,? / : " ");
  if (entries.length > maxSignatures) {
    throw new SignatureError(
      "malformed_header",
      `The signature header carries more than ${maxSignatures} signatures`,
    );
  }
  /** The signatures of a version that have its length, each once: the others match nothing and cost nothing. */
  const given = (version: string, length: number) => [
    ...new Set(
      entries
        .filter((entry) => entry.length === version.length + length && entry.startsWith(version))
        .map((entry) => entry.slice(version.length)),
    ),
  ];
  const hmac = checkHmac(given("v1,", hmacLength), keys, prefix, body);
  if (hmac.matches) return "v1";
  const ed25519 = checkEd25519(given("v1a,", ed25519Length), keys, prefix, body);
  if (ed25519.matches) return "v1a";
  throw signatureMismatch(hmac.untried + ed25519.untried);
}

interface Checked {
  readonly matches: boolean;
  /** How many checks were over the limit and not made. */
  readonly untried: number;
}

/** First every secret in its likelier reading, then in the other, so that the usual message costs one HMAC. */
function checkHmac(
  candidates: readonly string[],
  keys: readonly VerificationKeys[],
  prefix: string,
  body: Uint8Array,
): Checked {
  if (candidates.length === 0) return { matches: false, untried: 0 };
  const readings = [0, 1].flatMap((reading) =>
    keys.flatMap((key) => (key.scheme === "v1" ? (key.hmac[reading] ?? []) : [])),
  );
  const allowed = allowedChecks("v1", body.length);
  const matches = readings.slice(0, allowed).some((key) => {
    // Compared as text: one digest has one canonical base64 spelling, so no lax decoding can creep in.
    const expected = hmacSha256(key, prefix, body);
    return candidates.some((candidate) => constantTimeEqual(candidate, expected));
  });
  return { matches, untried: Math.max(0, readings.length - allowed) };
}

/** Each signature with every key before the next one: during a rotation the first is usually by one of them. */
function checkEd25519(
  candidates: readonly string[],
  keys: readonly VerificationKeys[],
  prefix: string,
  body: Uint8Array,
): Checked {
  const publicKeys = keys.flatMap((key) => (key.scheme === "v1a" ? [key.publicKey] : []));
  if (publicKeys.length === 0) return { matches: false, untried: 0 };
  const signatures = candidates
    .flatMap((text) => decodeBase64(text) ?? [])
    .filter((bytes) => bytes.length === 64 && isEd25519Signature(bytes));
  if (signatures.length === 0) return { matches: false, untried: 0 };
  const message = signedContent(prefix, body);
  const pairs = signatures.flatMap((signature) => publicKeys.map((key) => [key, signature] as const));
  const allowed = allowedChecks("v1a", body.length);
  const matches = pairs.slice(0, allowed).some(([key, signature]) => ed25519Verify(key, message, signature));
  return { matches, untried: Math.max(0, pairs.length - allowed) };
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
