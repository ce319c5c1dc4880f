import { readableFacts } from "./definitions.js";
import type { Facts } from "./generated/facts.js";

export type FactValue = string | number | boolean | readonly string[];

/** Facts grouped by their paths: `{ person: { email }, company: { name }, pages: ["/pricing"], … }`. */
export type FactTree = Readonly<Record<string, readonly string[] | Readonly<Record<string, FactValue>>>>;

/**
 * Groups facts by their paths, for filters and maps. Every group is there, even if it is empty, and so is `pages`: a filter
 * can ask `has(person.email)` and `pages.exists(…)` of any event. Keys that are not facts are left out.
 */
export function factTree(facts: Facts): FactTree {
  const tree: Record<string, readonly string[] | Record<string, FactValue>> = {};
  for (const { name, path } of readableFacts) {
    const value = facts[name as keyof Facts];
    const [group = path, field] = path.split(".");
    if (field === undefined) tree[group] = (value ?? []) as readonly string[];
    else {
      const fields = (tree[group] ??= {}) as Record<string, FactValue>;
      if (value !== undefined) fields[field] = value;
    }
  }
  return tree;
}
