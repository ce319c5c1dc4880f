import type { Issue } from "@sessionhook/core";
import { toIso } from "../format/time.js";
import type { JsonEntry, JsonNode } from "./json-nodes.js";

/** Maximum number of rendered rows; outer levels come first. */
export const maxRows = 2000;
/** Maximum number of characters of one key or value, and of all of them together. */
export const maxTextLength = 2000;
const maxTotalLength = 200_000;
const openRows = 40;

/** A row of the tree, which shows one value of the payload. */
export interface TreeRow {
  readonly kind: JsonNode["kind"];
  /** Member name or index; null at the root. */
  readonly label: string | null;
  /** Path in the payload, in the notation of issues: `data.companies[0].name`. */
  readonly path: string;
  /** The text of a scalar, cut if it is too long; empty for other kinds. */
  readonly text: string;
  /** Number of characters that were cut off. */
  readonly cut: number;
  /** Unix milliseconds, if the value is a known time field. */
  readonly time: number | undefined;
  /** Number of entries of a container, and how many of them are not shown. */
  readonly count: number;
  hidden: number;
  readonly children: TreeRow[];
  open: boolean;
  /** Numbers, starting at 1, of the issues of this row. */
  readonly issues: number[];
}

export interface TreePlan {
  readonly root: TreeRow;
  /** True when anything was left out or cut. */
  readonly partial: boolean;
  /** The row of each issue, or its nearest existing parent. */
  readonly rowByIssue: readonly TreeRow[];
}

/** Decides which values of a payload are shown and which are expanded: outer levels first, for any shape. */
export function planTree(node: JsonNode, issues: readonly Issue[], expandAll: boolean): TreePlan {
  const budget = { rows: maxRows, length: maxTotalLength };
  const root = makeRow({ key: null, node }, null, "", budget);
  const rowByPath = new Map<string, TreeRow>([["", root]]);
  const parents = new Map<TreeRow, TreeRow>();
  const queue: [TreeRow, JsonNode][] = [[root, node]];
  let partial = root.cut > 0;
  let unfolded = 1;

  for (const [row, node] of queue) {
    if (node.kind === "too-deep") partial = true;
    if (node.kind !== "object" && node.kind !== "array") continue;
    for (const [index, entry] of node.entries.entries()) {
      if (budget.rows <= 0 || budget.length <= 0) break;
      const child = makeRow(entry, index, childPath(row.path, entry.key, index), budget);
      row.children.push(child);
      parents.set(child, row);
      if (!rowByPath.has(child.path)) rowByPath.set(child.path, child);
      queue.push([child, entry.node]);
      if (child.cut > 0) partial = true;
    }
    row.hidden = node.count - row.children.length;
    if (row.hidden > 0) partial = true;
    const parentOpen = parents.get(row)?.open ?? true;
    row.open = expandAll || row === root || (parentOpen && unfolded + row.children.length <= openRows);
    if (row.open) unfolded += row.children.length;
  }

  const rowByIssue = issues.map((issue, index) => {
    const row = nearestRow(rowByPath, issue.path) ?? root;
    row.issues.push(index + 1);
    for (let up = parents.get(row); up !== undefined; up = parents.get(up)) up.open = true;
    return row;
  });
  return { root, partial, rowByIssue };
}

function makeRow(
  { key, node }: JsonEntry,
  index: number | null,
  path: string,
  budget: { rows: number; length: number },
): TreeRow {
  const full = "text" in node ? node.text : "";
  const text = cutText(full, Math.min(maxTextLength, Math.max(budget.length, 0)));
  const label = key ?? (index === null ? null : String(index));
  budget.rows--;
  budget.length -= text.length + Math.min(label?.length ?? 0, maxTextLength);
  return {
    kind: node.kind,
    label,
    path,
    text,
    cut: full.length - text.length,
    time: node.kind === "number" ? readTime(key, full) : undefined,
    count: "count" in node ? node.count : 0,
    hidden: 0,
    children: [],
    open: false,
    issues: [],
  };
}

/** Cuts a text to at most `length` characters without splitting a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function childPath(parent: string, key: string | null, index: number): string {
  if (key === null) return `${parent}[${index}]`;
  return parent === "" ? key : `${parent}.${key}`;
}

function nearestRow(rowByPath: ReadonlyMap<string, TreeRow>, path: string): TreeRow | undefined {
  for (
    let rest = path;
    rest !== "";
    rest = rest.slice(0, Math.max(rest.lastIndexOf("."), rest.lastIndexOf("["), 0))
  ) {
    const row = rowByPath.get(rest);
    if (row !== undefined) return row;
  }
  return rowByPath.get("");
}

const timeKeys = new Set(
  "created createdAt lastActivity endedAt ts sessionEndedAt finalizedAt enrichedAt".split(" "),
);

/** Returns the time of a known field. The provider's times are integers in Unix milliseconds under fixed names. */
function readTime(key: string | null, text: string): number | undefined {
  if (key === null || !timeKeys.has(key) || !/^\d{12,14}$/.test(text)) return undefined;
  return toIso(Number(text)) === undefined ? undefined : Number(text);
}
