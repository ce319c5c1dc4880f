import type * as crypto from "./crypto-node.js";

/**
 * Primitives for Bun. Same interface as crypto-noble. HMAC is Bun's own: importing `node:crypto` takes as long as
 * starting an empty Bun process, and an HMAC of Bun is faster than the two hashes of crypto-node.
 */
export type HmacKey = Uint8Array;
export type Ed25519PublicKey = ReturnType<Node["importEd25519PublicKey"]>;
export type Ed25519SecretKey = ReturnType<Node["importEd25519SecretKey"]>;

type Node = typeof crypto;

interface Hasher {
  update(data: string | Uint8Array): Hasher;
  digest(encoding: "base64"): string;
}
declare const Bun: { readonly CryptoHasher: new (algorithm: "sha256", key: Uint8Array) => Hasher };
/** Bun has it in ES modules too, and loads ES modules with it. */
declare const require: (specifier: string) => unknown;

let loaded: Node | undefined;
const node = (): Node => (loaded ??= require("./crypto-node.js") as Node);

export function importHmacKey(bytes: Uint8Array): HmacKey {
  return Uint8Array.from(bytes);
}

/** HMAC-SHA256 (RFC 2104) of `prefix` followed by `body`, in base64. Text is taken as UTF-8. */
export function hmacSha256(key: HmacKey, prefix: string, body: string | Uint8Array): string {
  return new Bun.CryptoHasher("sha256", key).update(prefix).update(body).digest("base64");
}

export const importEd25519PublicKey: Node["importEd25519PublicKey"] = (raw) =>
  node().importEd25519PublicKey(raw);

export const importEd25519SecretKey: Node["importEd25519SecretKey"] = (seed) =>
  node().importEd25519SecretKey(seed);

export const ed25519PublicKeyOf: Node["ed25519PublicKeyOf"] = (seed) => node().ed25519PublicKeyOf(seed);

export const ed25519Sign: Node["ed25519Sign"] = (key, message) => node().ed25519Sign(key, message);

export const ed25519Verify: Node["ed25519Verify"] = (key, message, signature) =>
  node().ed25519Verify(key, message, signature);
