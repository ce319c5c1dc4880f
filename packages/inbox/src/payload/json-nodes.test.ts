import { describe, expect, test } from "vitest";
import { type JsonNode, maxDepth, maxEntries, readJson } from "./json-nodes.js";

/** Converts nodes to plain values, so that documents can be compared with JSON.parse. */
function toValue(node: JsonNode): unknown {
  if (node.kind === "object") return Object.fromEntries(node.entries.map((e) => [e.key, toValue(e.node)]));
  if (node.kind === "array") return node.entries.map((e) => toValue(e.node));
  if (node.kind === "string") return node.text;
  return "text" in node ? JSON.parse(node.text) : node.kind;
}

describe("readJson", () => {
  test.each([
    '{"a":[1,-2.5e3,true,false,null,"x"],"b":{}}',
    " [ ] ",
    '\n{ "a" : { "b" : [ { } , [ [ ] ] ] } , "c\\"\\\\" : "\\u0041\\n}],{" }\t',
    '"alone"',
    "0",
    "null",
  ])("agrees with JSON.parse on %s", (text) => {
    const node = readJson(text);
    expect(node && toValue(node)).toEqual(JSON.parse(text));
  });

  test("preserves numbers, order and repeated members as written", () => {
    const node = readJson('{"2":1.0,"1":12345678901234567890,"2":1e400}');
    expect(
      node?.kind === "object" && node.entries.map((e) => [e.key, "text" in e.node && e.node.text]),
    ).toEqual([
      ["2", "1.0"],
      ["1", "12345678901234567890"],
      ["2", "1e400"],
    ]);
  });

  test.each(["", "{", '{"a":1,}', "nul", "[1] 2", "<p>"])("returns undefined for %j", (text) => {
    expect(readJson(text)).toBeUndefined();
  });

  test("counts the entries beyond the limit and continues after them", () => {
    const long = Array.from({ length: maxEntries + 57 }, (_, i) => ({ i, s: `]},"${i}` }));
    const node = readJson(
      JSON.stringify({ long, members: Object.fromEntries(long.map((e) => [`k${e.i}`, [e]])), after: 7 }),
    );
    if (node?.kind !== "object") throw new Error("not an object");
    expect(
      node.entries.map((e) => [e.key, "count" in e.node ? [e.node.count, e.node.entries.length] : e.node]),
    ).toEqual([
      ["long", [maxEntries + 57, maxEntries]],
      ["members", [maxEntries + 57, maxEntries]],
      ["after", { kind: "number", text: "7" }],
    ]);
  });

  test("stops at the maximum depth, even in documents a thousand times as deep", () => {
    let node = readJson("[".repeat(64_000) + "]".repeat(64_000));
    let depth = 0;
    while (node?.kind === "array") {
      node = node.entries[0]?.node;
      depth++;
    }
    expect([depth, node?.kind]).toEqual([maxDepth, "too-deep"]);
  });
});
