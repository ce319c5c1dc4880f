import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ed25519KeyFault, isEd25519Signature } from "./ed25519-point.js";

const { Point } = ed25519;
const p = 2n ** 255n - 19n;
const order = Point.Fn.ORDER;

/** Returns the fault that noble finds in the same bytes. */
function nobleFault(bytes: Uint8Array): string | undefined {
  let point: InstanceType<typeof Point>;
  try {
    point = Point.fromBytes(bytes);
  } catch {
    return "is not a point of the curve";
  }
  return point.isTorsionFree() && !point.is0() ? undefined : "is a point of small or mixed order";
}

const number = (value: bigint, length = 32) =>
  Uint8Array.from({ length }, (_, at) => Number((value >> BigInt(8 * at)) & 255n));

const ofOrder8 = Point.fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
/** The eight points of small order. */
const torsion = Array.from({ length: 8 }, (_, i) =>
  i === 0 ? Point.ZERO : ofOrder8.multiplyUnsafe(BigInt(i)),
);
/** Every encoding of them, also those with a y beyond p and those that give zero a sign. */
const encodings = torsion.flatMap((point) => {
  const { y } = point.toAffine();
  const ys = y + p < 2n ** 255n ? [y, y + p] : [y];
  return ys.flatMap((value) => [number(value), number(value + 2n ** 255n)]);
});

describe("a public key", () => {
  it("is accepted exactly if noble finds a point of the order of the base point", () => {
    const seen = new Map<string | undefined, number>();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        const fault = ed25519KeyFault(bytes);
        expect(fault).toBe(nobleFault(bytes));
        seen.set(fault, (seen.get(fault) ?? 0) + 1);
      }),
    );
    // An eighth of all points has the order of the base point.
    expect([...seen.keys()].toSorted()).toEqual([
      "is a point of small or mixed order",
      "is not a point of the curve",
      undefined,
    ]);
  });

  it("is accepted for every multiple of the base point, and rejected with a point of small order added", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: order - 1n }),
        fc.integer({ min: 1, max: 7 }),
        (factor, which) => {
          const point = Point.BASE.multiply(factor);
          expect(ed25519KeyFault(point.toBytes())).toBeUndefined();
          const mixed = point.add(torsion[which] ?? point);
          expect(ed25519KeyFault(mixed.toBytes())).toBe("is a point of small or mixed order");
        },
      ),
      { numRuns: 30 },
    );
  });

  it("is rejected for a point of small order in any encoding", () => {
    expect(new Set(encodings.map(String)).size).toBe(14);
    for (const bytes of encodings) {
      expect(ed25519KeyFault(bytes)).toBe(nobleFault(bytes));
      expect(ed25519KeyFault(bytes)).toBeDefined();
    }
  });

  it.each([2n, 3n, p - 2n, p + 3n, 2n ** 255n + p - 1n, 2n ** 256n - 1n])(
    "at the edge %s is what noble says",
    (value) => expect(ed25519KeyFault(number(value))).toBe(nobleFault(number(value))),
  );

  it("may be a view into a larger buffer", () => {
    const bytes = Point.BASE.toBytes();
    const buffer = Uint8Array.of(9, 9, 9, ...bytes, 9);
    expect(ed25519KeyFault(buffer.subarray(3, 35))).toBeUndefined();
  });
});

describe("a signature", () => {
  const join = (r: Uint8Array, s: bigint) => Uint8Array.of(...r, ...number(s));
  const base = Point.BASE.toBytes();

  it("is rejected with an S that is not below the order", () => {
    for (const s of [0n, 1n, order - 1n]) expect(isEd25519Signature(join(base, s))).toBe(true);
    for (const s of [order, order + 1n, 2n ** 255n, 2n ** 256n - 1n])
      expect(isEd25519Signature(join(base, s))).toBe(false);
  });

  it("is rejected with an R that is not canonical or of small order", () => {
    for (const r of encodings) expect(isEd25519Signature(join(r, 1n))).toBe(false);
    for (const y of [p, p + 3n, 2n ** 255n - 1n, 2n ** 256n - 1n])
      expect(isEd25519Signature(join(number(y), 1n))).toBe(false);
    expect(isEd25519Signature(join(number(3n), 1n))).toBe(true);
  });
});
