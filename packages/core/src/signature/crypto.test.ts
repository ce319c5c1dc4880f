import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64 } from "./base64.js";
import { constantTimeEqual } from "./constant-time.js";
import * as noble from "./crypto-noble.js";
import * as node from "./crypto-node.js";

describe("the two sets of primitives", () => {
  it("agree on HMAC for every key and body", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.string(),
        fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array()),
        (key, prefix, body) => {
          expect(noble.hmacSha256(noble.importHmacKey(key), prefix, body)).toBe(
            node.hmacSha256(node.importHmacKey(key), prefix, body),
          );
        },
      ),
    );
  });

  it("agree on ed25519 keys, signatures and verdicts", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array(),
        fc.nat(511),
        fc.boolean(),
        (seed, message, bit, damage) => {
          expect(noble.ed25519PublicKeyOf(seed)).toEqual(node.ed25519PublicKeyOf(seed));
          const signature = node.ed25519Sign(node.importEd25519SecretKey(seed), message);
          expect(noble.ed25519Sign(noble.importEd25519SecretKey(seed), message)).toEqual(signature);
          if (damage) signature[bit >> 3] = (signature[bit >> 3] as number) ^ (1 << (bit & 7));
          const raw = node.ed25519PublicKeyOf(seed);
          expect(node.ed25519Verify(node.importEd25519PublicKey(raw), message, signature)).toBe(!damage);
          expect(noble.ed25519Verify(noble.importEd25519PublicKey(raw), message, signature)).toBe(!damage);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("constantTimeEqual", () => {
  it("says what === says", () => {
    const text = fc.string({ maxLength: 6 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(constantTimeEqual(a, b)).toBe(a === b);
        expect(constantTimeEqual(a, a)).toBe(true);
        expect(constantTimeEqual(a, `${a}\u0000`)).toBe(false);
        expect(constantTimeEqual(`${a}\u0000`, a)).toBe(false);
        expect(constantTimeEqual(`${a}x`, `${a}y`)).toBe(false);
      }),
    );
  });
});

describe("base64", () => {
  it("round-trips bytes and accepts only the canonical spelling", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ maxLength: 12 }), (bytes, text) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
        const decoded = decodeBase64(text);
        if (decoded !== undefined) expect(Buffer.from(decoded).toString("base64")).toBe(text);
      }),
    );
  });
});
