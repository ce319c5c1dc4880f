import { describe, expect, test } from "vitest";
import { readJson } from "./json-nodes.js";
import { maxRows, maxTextLength, planTree, type TreeRow } from "./tree-plan.js";

const plan = (value: unknown, issues: { path: string; message: string }[] = [], expandAll = false) => {
  const node = readJson(JSON.stringify(value));
  if (node === undefined) throw new Error("not JSON");
  return planTree(node, issues, expandAll);
};
const all = (row: TreeRow): TreeRow[] => [row, ...row.children.flatMap(all)];

describe("planTree", () => {
  test("gives rows to the outer levels before a large array", () => {
    const grid = Array.from({ length: 150 }, () => Array.from({ length: 150 }, () => 0));
    const { root, partial } = plan({ grid, last: "seen" });
    expect(all(root)).toHaveLength(maxRows);
    expect(root.children.map((row) => row.label)).toEqual(["grid", "last"]);
    expect(root.children[0]?.hidden).toBe(0);
    expect(partial).toBe(true);
  });

  test("limits the text of one value and of all values together", () => {
    const { root } = plan(Array.from({ length: 190 }, () => "é".repeat(9000)));
    const texts = all(root).map((row) => row.text.length);
    expect(Math.max(...texts)).toBe(maxTextLength);
    expect(texts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(200_000);
    expect(root.children[0]?.cut).toBe(7000);
    expect(root.children.length + root.hidden).toBe(190);
  });

  test("does not cut a character in half", () => {
    expect(plan(`${"x".repeat(maxTextLength - 1)}😀`).root.text.endsWith("x")).toBe(true);
  });

  test("shows a small payload completely and expanded, and a screenful of a large one", () => {
    const small = plan({ a: { b: [1, 2] } });
    expect([small.partial, all(small.root).every((row) => row.open || row.children.length === 0)]).toEqual([
      false,
      true,
    ]);
    const large = plan({ a: Array.from({ length: 100 }, (_, i) => i), b: { c: 1 } });
    expect(large.root.children.map((row) => row.open)).toEqual([false, true]);
    expect(plan({ a: Array.from({ length: 100 }, (_, i) => i) }, [], true).root.children[0]?.open).toBe(true);
  });

  test("links an issue to its row, or to the nearest existing parent, and expands the path to it", () => {
    const filler = Array.from({ length: 60 }, (_, i) => i);
    const { root, rowByIssue } = plan({ filler, data: { list: [{ filler, a: { b: filler } }] } }, [
      { path: "data.list[0].a.b[7]", message: "m" },
      { path: "data.list[0].a.gone.deep[3]", message: "m" },
      { path: "", message: "m" },
      { path: "elsewhere", message: "m" },
    ]);
    expect(rowByIssue.map((row) => row.path)).toEqual(["data.list[0].a.b[7]", "data.list[0].a", "", ""]);
    expect(rowByIssue.map((row) => row.issues)).toEqual([[1], [2], [3, 4], [3, 4]]);
    const way = all(root).filter(
      (row) => "data.list[0].a.b[7]".startsWith(row.path) && row.children.length > 0,
    );
    expect(way.every((row) => row.open)).toBe(true);
  });

  test("shows the time of known integer fields only", () => {
    const { root } = plan({
      created: 1739571908123,
      ts: 1.5,
      other: 1739571908123,
      endedAt: "1739571908123",
    });
    expect(root.children.map((row) => row.time)).toEqual([1739571908123, undefined, undefined, undefined]);
  });
});
