import type { SQLInputValue } from "node:sqlite";
import type { Search } from "../../facts/words.js";

/** A condition of SQL with its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly SQLInputValue[];
}

export function condition(sql: string, ...parameters: SQLInputValue[]): Condition {
  return { sql, parameters };
}

/** Returns the conditions for values that a filter gives. */
export function present<Value extends SQLInputValue>(value: Value | undefined, sql: string): Condition[] {
  return value === undefined ? [] : [condition(sql, value)];
}

/** Returns the condition for a field of the origin of a visit: an empty text selects rows without a value. */
export function originIs(column: string, value: string | undefined): Condition[] {
  return value === "" ? [condition(`${column} IS NULL`)] : present(value, `${column} = ?`);
}

export function both(conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return condition("TRUE");
  return {
    sql: conditions.map(({ sql }) => sql).join(" AND "),
    parameters: conditions.flatMap(({ parameters }) => parameters),
  };
}

/** Texts that begin with `id`, from an index. */
export function beginsWith(column: string, id: string): Condition {
  return condition(`${column} >= ? AND ${column} < ?`, id, `${id}\u{10ffff}`);
}

/** Selects the rows `s` that a search finds, without an index. */
export function searchCondition(search: Search, ids: readonly Condition[]): Condition {
  const words = both(search.words.map((word) => condition("instr(s.words, ?) > 0", ` ${word}`)));
  const found = search.words.length === 0 ? ids : [words, ...ids];
  return {
    sql: `(${found.map(({ sql }) => `(${sql})`).join(" OR ")})`,
    parameters: found.flatMap(({ parameters }) => parameters),
  };
}

/** The query of a full-text search; undefined for a search that needs an index of shorter words. */
export function matchOf({ words }: Search): string | undefined {
  const long = words.filter((word) => word.length > 1);
  return long.length === 0 ? undefined : long.map((word) => `"${word}"*`).join(" AND ");
}
