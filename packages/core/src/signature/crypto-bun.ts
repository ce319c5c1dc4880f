// Bun has no own API for these. They load node:crypto when first used.
export {
  type Ed25519PublicKey,
  type Ed25519SecretKey,
  ed25519PublicKeyOf,
  ed25519Sign,
  ed25519Verify,
  importEd25519PublicKey,
  importEd25519SecretKey,
  utf8Bytes,
} from "./crypto-node.js";

/**
 * HMAC for Bun, by its own class: importing `node:crypto` takes as long as starting an empty Bun process, and the two hashes
 * of crypto-node are slower there. Same interface as crypto-noble.
 */
export type HmacKey = Uint8Array;

interface Hasher {
  update(data: string | Uint8Array): Hasher;
  digest(encoding: "base64"): string;
}
declare const Bun: { readonly CryptoHasher: new (algorithm: "sha256", key: Uint8Array) => Hasher };

export function importHmacKey(bytes: Uint8Array): HmacKey {
  return Uint8Array.from(bytes);
}

/** Returns the HMAC-SHA256 (RFC 2104) of `prefix` followed by `body`, in base64. Strings are encoded as UTF-8. */
export function hmacSha256(key: HmacKey, prefix: string, body: string | Uint8Array): string {
  return new Bun.CryptoHasher("sha256", key).update(prefix).update(body).digest("base64");
}
