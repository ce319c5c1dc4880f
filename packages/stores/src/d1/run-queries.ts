import type { SqlQueries, SqlQuery } from "../sql/sql-query.js";
import type { D1Binding } from "./binding.js";

/** Runs queries on a D1 binding, one after the other. */
export async function runQueries<T>(database: D1Binding, queries: SqlQueries<T>): Promise<T> {
  let step = queries.next();
  while (step.done !== true) {
    const { sql, values } = numberedParameters(step.value);
    const { results } = await database
      .prepare(sql)
      .bind(...values)
      .all();
    step = queries.next(results.map(withBytes));
  }
  return step.value;
}

/** D1 supports only numbered parameters (`?1`): numbers the `:name`s and returns the values in that order. */
function numberedParameters({ sql, parameters }: SqlQuery): { sql: string; values: unknown[] } {
  const names: string[] = [];
  const numbered = sql.replaceAll(/:([a-z]+)/g, (_, name: string) => {
    const known = names.indexOf(name);
    return `?${known < 0 ? names.push(name) : known + 1}`;
  });
  return { sql: numbered, values: names.map((name) => parameters[name]) };
}

/** D1 returns a BLOB as a list of numbers. */
export function withBytes(row: unknown): unknown {
  const { raw } = row as { raw?: Iterable<number> };
  return raw === undefined ? row : { ...(row as object), raw: Uint8Array.from(raw) };
}
