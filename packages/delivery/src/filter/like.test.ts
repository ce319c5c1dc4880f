import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { like } from "./like.js";

describe("like", () => {
  it.each([
    ["/pricing/teams", "/pricing*", true],
    ["/Pricing", "/pRICING", true],
    ["/pricing", "pricing", false],
    ["/a/b/c", "/?/?/?", true],
    ["", "*", true],
    ["", "?", false],
    ["abcabd", "*ab?", true],
    ["a.c", "a.c", true],
    ["abc", "a.c", false],
  ])("%s like %s: %s", (text, pattern, expected) => expect(like(text, pattern)).toBe(expected));

  it("agrees with a regular expression", () => {
    const letters = (max: number, ...from: string[]) =>
      fc.array(fc.constantFrom(...from), { maxLength: max }).map((found) => found.join(""));
    fc.assert(
      fc.property(letters(12, "a", "b"), letters(8, "a", "B", "*", "?"), (text, pattern) => {
        const source = pattern.replaceAll("*", ".*").replaceAll("?", ".");
        expect(like(text, pattern)).toBe(new RegExp(`^${source}$`, "i").test(text));
      }),
    );
  });

  it("stays linear in the text", () => {
    const text = "a".repeat(100_000);
    const started = performance.now();
    expect(like(text, `${"*a".repeat(127)}b`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
