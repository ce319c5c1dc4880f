import type { ConfigProblem } from "../driver.js";

const maxDepth = 8;
const maxEntries = 500;
/** Matches the path of a fact, such as `person.email`. */
const factPath = /^[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)*$/;

/** One part of a text in a map: a constant text, or the path of a fact. */
export type TextPart = { readonly text: string } | { readonly fact: readonly string[] };

/** Splits a text such as `Hello {{person.firstName}}`; returns undefined if its braces do not enclose paths of facts. */
export function textParts(value: string): readonly TextPart[] | undefined {
  const parts: TextPart[] = [];
  for (const [index, part] of value.split(/\{\{(.*?)\}\}/s).entries()) {
    if (index % 2 === 0) {
      if (/\{\{|\}\}/.test(part)) return undefined;
      if (part !== "") parts.push({ text: part });
      continue;
    }
    const path = part.trim();
    if (!factPath.test(path) || path.length > 200) return undefined;
    parts.push({ fact: path.split(".") });
  }
  return parts;
}

/** Returns the invalid places of a map. The messages contain no text of the map. */
export function mapProblems(map: unknown): readonly ConfigProblem[] {
  let entries = 0;
  const problems: ConfigProblem[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    entries += 1;
    if (entries > maxEntries) return;
    const message = path.length > maxDepth ? `must be at most ${maxDepth} levels deep` : valueProblem(value);
    if (message !== undefined) problems.push({ path, message });
    else if (typeof value === "object" && value !== null)
      for (const [key, child] of Object.entries(value))
        visit(child, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  if (typeof map !== "object" || map === null || Array.isArray(map))
    return [{ path: [], message: "must be an object" }];
  if (Object.keys(map).length === 0) return [{ path: [], message: "must have an entry" }];
  visit(map, []);
  return entries > maxEntries ? [{ path: [], message: `must have at most ${maxEntries} entries` }] : problems;
}

function valueProblem(value: unknown): string | undefined {
  if (value === null || typeof value === "boolean") return undefined;
  if (typeof value === "string")
    return textParts(value) === undefined
      ? "braces must enclose the path of a fact, such as {{person.email}}"
      : undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "must be a finite number";
  if (typeof value !== "object") return "must be JSON";
  return Object.hasOwn(value, "__proto__") ? "must not have a key __proto__" : undefined;
}
