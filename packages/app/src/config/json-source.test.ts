import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonSyntaxError, parseJsonSource } from "./json-source.js";

function failure(text: string): string {
  try {
    parseJsonSource(text);
    return "ok";
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return `${error.position.line}:${error.position.column} ${error.message}`;
  }
}

describe("JSON with positions", () => {
  it("parses what JSON.parse parses", () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), fc.nat(3), (text, indent) => {
        const value: unknown = JSON.parse(text);
        if (text.includes("__proto__")) return;
        expect(parseJsonSource(JSON.stringify(value, null, indent)).value).toEqual(value);
      }),
    );
  });

  it("fails only where JSON.parse fails, with a position in the text", () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom("", ",", "}", '"', "x", "\n", "1"),
        (text, at, insert) => {
          const i = at % (text.length + 1);
          const changed = text.slice(0, i) + insert + text.slice(i + 1);
          let valid = true;
          try {
            JSON.parse(changed);
          } catch {
            valid = false;
          }
          const result = failure(changed);
          // Equal keys are valid JSON and an error here.
          if (valid) expect(result).toMatch(/^ok$|already in the object|__proto__/);
          else expect(result).toMatch(/^\d+:\d+ /);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("returns the positions of keys, list items and values", () => {
    const source = parseJsonSource('\uFEFF{\n  "a": { "b": [1,\n    {"c": "d"}] }\n}');
    expect(source.positionOf(["a"])).toEqual({ line: 2, column: 3 });
    expect(source.positionOf(["a", "b"])).toEqual({ line: 2, column: 10 });
    expect(source.positionOf(["a", "b", 1])).toEqual({ line: 3, column: 5 });
    expect(source.valuePositionOf(["a", "b", 1, "c"])).toEqual({ line: 3, column: 11 });
    expect(source.positionOf(["a", "missing", "key"])).toEqual({ line: 2, column: 3 });
    expect(source.positionOf([])).toEqual({ line: 1, column: 1 });
  });

  it.each([
    ["", "1:1 the text ends before the JSON value is complete"],
    ["{", '1:2 expected a key in double quotes (")'],
    ['{"a": 1,}', "1:9 a comma must not precede }"],
    ["[1,]", "1:4 a comma must not precede ]"],
    ["{\n  a: 1\n}", '2:3 expected a key in double quotes (")'],
    ["{'a': 1}", '1:2 expected a key in double quotes (")'],
    ['{"a" 1}', "1:6 expected a colon (:) after the key"],
    ['{"a": 1 "b": 2}', "1:9 expected a comma (,) or }"],
    ['{"a": 1} x', "1:10 nothing may follow the end of the JSON value"],
    ['{"a": secret-text}', "1:7 is not a JSON value: texts and keys need double quotes"],
    ['{"a": "b\n"}', '1:7 a text must end with a double quote (") on its own line'],
    ['{"a": 1, "a": 2}', '1:10 the key "a" is already in the object; remove one of them'],
    ['{"__proto__": 1}', "1:2 the key __proto__ is not allowed"],
    ["// comment\n{}", "1:1 JSON has no comments; use sessionhook.config.ts to have them"],
    ["[".repeat(100_000), "1:66 must not be nested deeper than 64 levels"],
    ['"\\x"', "1:1 is not a JSON value: texts and keys need double quotes"],
  ])("%#: names the place", (text, message) => {
    expect(failure(text)).toBe(message);
  });
});
