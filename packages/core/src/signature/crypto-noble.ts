import { ed25519 } from "@noble/curves/ed25519.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { encodeBase64 } from "./base64.js";

/** Primitives in plain JavaScript, for runtimes without `node:crypto`. Same interface as crypto-node. */
export type HmacKey = Uint8Array;
export type Ed25519PublicKey = Uint8Array;
export type Ed25519SecretKey = Uint8Array;

const utf8 = new TextEncoder();

export function utf8Bytes(text: string): Uint8Array {
  return utf8.encode(text);
}

export function importHmacKey(bytes: Uint8Array): HmacKey {
  return Uint8Array.from(bytes);
}

/** Returns the HMAC-SHA256 (RFC 2104) of `prefix` followed by `body`, in base64. Strings are encoded as UTF-8. */
export function hmacSha256(key: HmacKey, prefix: string, body: string | Uint8Array): string {
  const bytes = typeof body === "string" ? utf8.encode(body) : body;
  return encodeBase64(hmac.create(sha256, key).update(utf8.encode(prefix)).update(bytes).digest());
}

/** @param raw 32 bytes (RFC 8032); throws if they are not a point of the curve */
export function importEd25519PublicKey(raw: Uint8Array): Ed25519PublicKey {
  ed25519.Point.fromBytes(raw);
  return Uint8Array.from(raw);
}

/** @param seed 32 bytes (RFC 8032) */
export function importEd25519SecretKey(seed: Uint8Array): Ed25519SecretKey {
  return Uint8Array.from(seed);
}

export function ed25519PublicKeyOf(seed: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(seed);
}

export function ed25519Sign(key: Ed25519SecretKey, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, key);
}

/**
 * Verifies as in RFC 8032 without the cofactor, like OpenSSL and BoringSSL. noble multiplies by the cofactor in both of
 * its modes, so an R with a component of small order is rejected here: for a key of prime order that is the difference.
 */
export function ed25519Verify(key: Ed25519PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return (
      ed25519.verify(signature, message, key, { zip215: false }) &&
      ed25519.Point.fromBytes(signature.subarray(0, 32)).isTorsionFree()
    );
  } catch {
    return false;
  }
}
