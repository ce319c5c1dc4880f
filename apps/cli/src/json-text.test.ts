import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compact, indented, members } from "./json-text.js";

const deep = `${"[".repeat(20_000)}1${"]".repeat(20_000)}`;

describe("JSON as text", () => {
  it("is indented as by JSON.stringify, and made compact again", () => {
    fc.assert(
      fc.property(
        fc.json({ stringUnit: "binary", maxDepth: 8 }),
        fc.constantFrom(0, 1, "\t", "\r\n"),
        (json, by) => {
          const value = JSON.parse(json) as unknown;
          expect(indented(JSON.stringify(value, null, by))).toBe(JSON.stringify(value, null, 2));
          expect(compact(JSON.stringify(value, null, by))).toBe(JSON.stringify(value));
        },
      ),
    );
  });

  it("preserves numbers, escapes and members with equal names", () => {
    const text = String.raw`{"a":12345678901234567890,"a":1e400,"b":[1.0,-0,{"\u0061":"\/\""}]}`;
    expect(compact(indented(text))).toBe(text);
  });

  it("is split into the members of an object", () => {
    const text = ' { "a" : 1.0 , "b{" : {"c":[1,2],"d":"}"}, "a" : [ ] , "": "x:,y" , "\\u0065" : null}';
    expect(members(text)).toEqual([
      ["a", "1.0"],
      ["b{", '{"c":[1,2],"d":"}"}'],
      ["a", "[]"],
      ["", '"x:,y"'],
      ["e", "null"],
    ]);
    expect(members("{}")).toEqual([]);
  });

  it("may be nested 100,000 levels deep, of which only the outer ones are indented", () => {
    const text = indented(deep);
    expect(text.length).toBeLessThan(2 * deep.length);
    expect(compact(text)).toBe(deep);
    expect(members(`{"deep":${deep}}`)).toEqual([["deep", deep]]);
  });
});
