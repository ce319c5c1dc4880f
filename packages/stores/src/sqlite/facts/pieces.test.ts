import fc from "fast-check";
import { expect, test } from "vitest";
import { piecesOf } from "./pieces.js";

/** Returns the count of each number, without zeros. */
function counts(from: number, to: number, size: number): Record<string, number> {
  const { units, pieces } = piecesOf({ from, to }, size);
  const counted: Record<string, number> = {};
  const add = (from: number, to: number, sign: number) => {
    for (let i = from; i < to; i++) counted[i] = (counted[i] ?? 0) + sign;
  };
  add(units.from * size, units.to * size, 1);
  for (const piece of pieces) add(piece.from, piece.to, piece.sign);
  return Object.fromEntries(Object.entries(counted).filter(([, count]) => count !== 0));
}

const range = fc
  .tuple(fc.nat(500), fc.nat(500))
  .map(([one, other]) => [Math.min(one, other), Math.max(one, other)]);

test("every number of the range is counted once, and no other", () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 40 }), ([from = 0, to = 0], size) => {
      const expected = Object.fromEntries(Array.from({ length: to - from }, (_, i) => [from + i, 1]));
      expect(counts(from, to, size)).toEqual(expected);
    }),
    { numRuns: 1000 },
  );
});

test("the pieces are at most one unit together, and each lies within one", () => {
  fc.assert(
    fc.property(range, fc.integer({ min: 1, max: 40 }), ([from = 0, to = 0], size) => {
      const { pieces } = piecesOf({ from, to }, size);
      const length = pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0);
      expect(length).toBeLessThanOrEqual(Math.min(size, to - from));
      for (const piece of pieces)
        expect(Math.floor(piece.from / size)).toBe(Math.floor((piece.to - 1) / size));
    }),
    { numRuns: 1000 },
  );
});
