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

  it("agree on HMAC around the size at which the implementation changes", () => {
    const prefixes = ["", "evt_01KH5HM09WTF6DOE8K2H6DG2RI.1739571908.", "é".repeat(300)];
    for (const keyLength of [1, 24, 63, 64, 65, 88]) {
      const key = new Uint8Array(keyLength).map((_, i) => i * 7 + keyLength);
      for (const prefix of prefixes)
        for (const length of [0, 1, 55, 56, 64, 6000, 64_000, 65_430, 65_472, 65_536, 70_000]) {
          const body = new Uint8Array(length).map((_, i) => i);
          expect(node.hmacSha256(node.importHmacKey(key), prefix, body)).toBe(
            noble.hmacSha256(noble.importHmacKey(key), prefix, body),
          );
        }
    }
  });

  it("return the results of RFC 4231", () => {
    const cases = [
      // Sections 4.2, 4.3 and 4.7 (a key longer than a block).
      [
        new Uint8Array(20).fill(0x0b),
        "Hi There",
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
      ],
      [
        Buffer.from("Jefe"),
        "what do ya want for nothing?",
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
      ],
      [
        new Uint8Array(131).fill(0xaa),
        "Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
      ],
    ] as const;
    for (const [key, text, hex] of cases) {
      const expected = Buffer.from(hex, "hex").toString("base64");
      const body = Buffer.from(text.slice(3));
      const prefix = text.slice(0, 3);
      expect(node.hmacSha256(node.importHmacKey(key), prefix, body)).toBe(expected);
      expect(noble.hmacSha256(noble.importHmacKey(key), prefix, body)).toBe(expected);
    }
  });

  it("agree on ed25519 keys, signatures and results", () => {
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
  it("returns the same as ===", () => {
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
  it("round-trips bytes and accepts only the canonical encoding", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ maxLength: 12 }), (bytes, text) => {
        expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes);
        const decoded = decodeBase64(text);
        if (decoded !== undefined) expect(Buffer.from(decoded).toString("base64")).toBe(text);
      }),
    );
  });
});
