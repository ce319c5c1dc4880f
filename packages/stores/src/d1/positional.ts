import type { Question } from "../sqlite/listing.js";

/** Replaces the `:name` parameters by `?1`, `?2`, …, the only form that D1 supports, and returns the values in that order. */
export function positional({ sql, parameters }: Question): { sql: string; values: unknown[] } {
  const names: string[] = [];
  const numbered = sql.replaceAll(/:([a-z]+)/g, (_, name: string) => {
    const known = names.indexOf(name);
    return `?${known < 0 ? names.push(name) : known + 1}`;
  });
  return { sql: numbered, values: names.map((name) => parameters[name]) };
}
