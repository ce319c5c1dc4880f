import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";

/** Primitives for runtimes that have `node:crypto`: Node, Bun, Deno, AWS Lambda. Same interface as crypto-noble. */
export type HmacKey = KeyObject;
export type Ed25519PublicKey = KeyObject;
export type Ed25519SecretKey = KeyObject;

/** A KeyObject, made once: with one an HMAC costs a third of what it costs with a Buffer. */
export function importHmacKey(bytes: Uint8Array): HmacKey {
  return createSecretKey(bytes);
}

/** HMAC-SHA256 (RFC 2104) of `prefix` followed by `body`, in base64. Text is taken as UTF-8. */
export function hmacSha256(key: HmacKey, prefix: string, body: string | Uint8Array): string {
  const hmac = createHmac("sha256", key);
  if (typeof body === "string") return hmac.update(prefix + body, "utf8").digest("base64");
  return hmac.update(prefix, "utf8").update(body).digest("base64");
}

const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** @param raw 32 bytes (RFC 8032), wrapped here as SubjectPublicKeyInfo (RFC 8410) */
export function importEd25519PublicKey(raw: Uint8Array): Ed25519PublicKey {
  return createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: "der", type: "spki" });
}

/** @param seed 32 bytes (RFC 8032), wrapped here as PKCS #8 (RFC 8410) */
export function importEd25519SecretKey(seed: Uint8Array): Ed25519SecretKey {
  return createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
}

export function ed25519PublicKeyOf(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(importEd25519SecretKey(seed)).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(spkiPrefix.length));
}

export function ed25519Sign(key: Ed25519SecretKey, message: Uint8Array): Uint8Array {
  return new Uint8Array(sign(null, message, key));
}

export function ed25519Verify(key: Ed25519PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, key, signature);
}
