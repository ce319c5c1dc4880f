import type { Issue } from "@sessionhook/core";
import { toIso } from "../format/time.js";
import type { JsonEntry, JsonNode } from "./json-nodes.js";

/** Rows of the tree that are rendered at most, spread from the outside in. */
export const maxRows = 2000;
/** Characters of one key or value, and of all of them together. */
export const maxTextLength = 2000;
const maxTotalLength = 200_000;
const openRows = 40;

/** A value of the payload as the tree shows it. */
export interface TreeRow {
  readonly kind: JsonNode["kind"];
  /** Member name or index; null at the root. */
  readonly label: string | null;
  /** Place in the payload, written as issues write it: `data.companies[0].name`. */
  readonly path: string;
  /** A scalar, cut where it is too long; empty for the others. */
  readonly text: string;
  /** Characters that were cut off. */
  readonly cut: number;
  /** When a number is known to be a time: that time in Unix milliseconds. */
  readonly time: number | undefined;
  /** Entries of a container, and those among them that are not shown. */
  readonly count: number;
  hidden: number;
  readonly children: TreeRow[];
  open: boolean;
  /** Numbers, from 1, of the issues that point here. */
  readonly issues: number[];
}

export interface TreePlan {
  readonly root: TreeRow;
  /** True when anything was left out or cut. */
  readonly partial: boolean;
  /** For each issue the row it points to, or the nearest row around what is missing. */
  readonly rowByIssue: readonly TreeRow[];
}

/** Decides what of a payload is shown, and what is unfolded: the outer levels first, whatever its shape. */
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

/** The beginning of a text, without half a surrogate pair at its end. */
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

/** The provider's times are integers of Unix milliseconds under known names. */
function readTime(key: string | null, text: string): number | undefined {
  if (key === null || !timeKeys.has(key) || !/^\d{12,14}$/.test(text)) return undefined;
  return toIso(Number(text)) === undefined ? undefined : Number(text);
}
