import type * as z from "zod";
import type { Issue } from "./issue.js";

/** How many misfits of one event are reported; the last of them then says how many more there are. */
export const maxIssues = 100;

/** zod's issues in our form: where, what was expected, which JSON type stands there. Never a value. */
export function misfits(error: z.core.$ZodError, value: unknown): Issue[] {
  const all = error.issues;
  const shown = all.length > maxIssues ? all.slice(0, maxIssues - 1) : all;
  const issues = shown.map((issue) => ({
    path: pathText(issue.path),
    message: messageOf(issue, valueAt(value, issue.path)),
  }));
  if (shown.length < all.length) issues.push({ path: "", message: `and ${all.length - shown.length} more` });
  return issues;
}

function messageOf(issue: z.core.$ZodIssue, found: unknown): string {
  const received = found === undefined ? "it is missing" : `found ${jsonType(found)}`;
  switch (issue.code) {
    case "invalid_type":
      return `expected ${issue.expected}, ${received}`;
    case "invalid_value":
      return `expected ${issue.values.map((value) => JSON.stringify(value)).join(" or ")}, ${received === "found string" ? "found another text" : received}`;
    case "custom":
      return "expected a whole number, found a fraction";
    default:
      return `does not fit (${issue.code})`;
  }
}

export function jsonType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return at;
}

/** `data.enrichment.companies[0].name`; a key that is no plain name stands as `["…"]`. */
function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(String(key))) text += text === "" ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text;
}
