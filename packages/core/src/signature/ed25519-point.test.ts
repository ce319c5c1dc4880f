import fc from "fast-check";
import { expect, it } from "vitest";
import { importEd25519PublicKey } from "./crypto-noble.js";
import { isEd25519Point } from "./ed25519-point.js";

function nobleSays(bytes: Uint8Array): boolean {
  try {
    importEd25519PublicKey(bytes);
    return true;
  } catch {
    return false;
  }
}

const number = (value: bigint) =>
  Uint8Array.from({ length: 32 }, (_, at) => Number((value >> BigInt(8 * at)) & 255n));
const p = 2n ** 255n - 19n;

it("says of any 32 bytes what noble says", () => {
  const seen = { yes: 0, no: 0 };
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
      expect(isEd25519Point(bytes)).toBe(nobleSays(bytes));
      seen[isEd25519Point(bytes) ? "yes" : "no"]++;
    }),
  );
  expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(10);
});

it.each([
  0n,
  1n,
  2n,
  3n,
  p - 1n,
  p,
  p + 1n,
  p + 3n,
  2n ** 255n,
  2n ** 255n + 1n,
  2n ** 255n + p - 1n,
  2n ** 256n - 1n,
])("says of the edge %s what noble says", (value) => {
  expect(isEd25519Point(number(value))).toBe(nobleSays(number(value)));
});
