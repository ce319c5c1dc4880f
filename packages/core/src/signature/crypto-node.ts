import type * as nodeCrypto from "node:crypto";
import type { KeyObject } from "node:crypto";

/** Primitives for runtimes that have `node:crypto`: Node, Bun, Deno, AWS Lambda. Same interface as crypto-noble. */
export interface HmacKey {
  readonly object: KeyObject;
  /** The key, filled up to a block of SHA-256 with zeros, XOR ipad and XOR opad (RFC 2104, section 2). */
  readonly inner: Uint8Array;
  readonly outer: Uint8Array;
}
export type Ed25519PublicKey = KeyObject;
export type Ed25519SecretKey = KeyObject;

/** Encodes text as UTF-8; for non-ASCII text twice as fast as TextEncoder. */
export function utf8Bytes(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}

let loaded: typeof nodeCrypto | undefined;
/** Loaded when first used: on Bun, loading costs as much as starting a process, and HMAC does not need it there. */
const node = (): typeof nodeCrypto => (loaded ??= process.getBuiltinModule("node:crypto"));

const blockBytes = 64;
const digestBytes = 32;

export function importHmacKey(bytes: Uint8Array): HmacKey {
  const block = new Uint8Array(blockBytes);
  block.set(bytes.length > blockBytes ? node().hash("sha256", bytes, "buffer") : bytes);
  return {
    object: node().createSecretKey(bytes),
    inner: block.map((byte) => byte ^ 0x36),
    outer: block.map((byte) => byte ^ 0x5c),
  };
}

/** Buffer in which the two hashed messages are assembled. Used within one call only. */
const innerMessage = Buffer.alloc(64 * 1024);
const outerMessage = Buffer.alloc(blockBytes + digestBytes);

/** Returns the HMAC-SHA256 (RFC 2104) of `prefix` followed by `body`, in base64. Strings are encoded as UTF-8. */
export function hmacSha256(key: HmacKey, prefix: string, body: string | Uint8Array): string {
  // An Hmac object costs as much as hashing some kilobytes, and again when it is collected; two plain hashes do not.
  const fits =
    typeof body !== "string" && blockBytes + 3 * prefix.length + body.length <= innerMessage.length;
  return fits ? twoHashes(key, prefix, body) : hmacObject(key, prefix, body);
}

/** Returns H(outer ‖ H(inner ‖ message)), as RFC 2104 defines it. */
function twoHashes({ inner, outer }: HmacKey, prefix: string, body: Uint8Array): string {
  const { hash } = node();
  innerMessage.set(inner);
  const start = blockBytes + innerMessage.write(prefix, blockBytes, "utf8");
  innerMessage.set(body, start);
  const digest = hash("sha256", innerMessage.subarray(0, start + body.length), "hex");
  outerMessage.set(outer);
  outerMessage.write(digest, blockBytes, "hex");
  return hash("sha256", outerMessage, "base64");
}

function hmacObject({ object }: HmacKey, prefix: string, body: string | Uint8Array): string {
  const hmac = node().createHmac("sha256", object);
  if (typeof body === "string") return hmac.update(prefix + body, "utf8").digest("base64");
  return hmac.update(prefix, "utf8").update(body).digest("base64");
}

const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex");
const pkcs8Prefix = Buffer.from("302e020100300506032b657004220420", "hex");

/** @param raw 32 bytes (RFC 8032), wrapped here as SubjectPublicKeyInfo (RFC 8410) */
export function importEd25519PublicKey(raw: Uint8Array): Ed25519PublicKey {
  return node().createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: "der", type: "spki" });
}

/** @param seed 32 bytes (RFC 8032), wrapped here as PKCS #8 (RFC 8410) */
export function importEd25519SecretKey(seed: Uint8Array): Ed25519SecretKey {
  return node().createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: "der", type: "pkcs8" });
}

export function ed25519PublicKeyOf(seed: Uint8Array): Uint8Array {
  const der = node().createPublicKey(importEd25519SecretKey(seed)).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(spkiPrefix.length));
}

export function ed25519Sign(key: Ed25519SecretKey, message: Uint8Array): Uint8Array {
  return new Uint8Array(node().sign(null, message, key));
}

export function ed25519Verify(key: Ed25519PublicKey, message: Uint8Array, signature: Uint8Array): boolean {
  return node().verify(null, message, key, signature);
}
