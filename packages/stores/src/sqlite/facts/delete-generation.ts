import type { Statements } from "../statements.js";

/** Rows that one step deletes, so that no other writer waits long. */
const rowsPerStep = 2000;

/** Deletes an index, a part of a table, or an empty table of an old generation; returns false if nothing is left. */
export function deleteStep(statements: Statements, generation: number): boolean {
  const objects = statements.all<{ type: string; name: string; sql: string | null }>(
    objectsSql,
    `g${generation}_`,
  );
  const index = objects.find(({ type, sql }) => type === "index" && sql !== null);
  if (index !== undefined) return drop(statements, "INDEX", index.name);
  const search = objects.find(({ sql }) => sql?.startsWith("CREATE VIRTUAL") === true);
  if (search !== undefined) return drop(statements, "TABLE", search.name);
  const table = objects.find(({ type }) => type === "table");
  if (table === undefined) return false;
  const key = table.name.endsWith("_visits") ? "by, span, at, value" : "rowid";
  const sql = `DELETE FROM ${table.name} WHERE (${key}) IN (SELECT ${key} FROM ${table.name} LIMIT ${rowsPerStep})`;
  if (statements.run(sql) === 0) drop(statements, "TABLE", table.name);
  return true;
}

function drop(statements: Statements, kind: "INDEX" | "TABLE", name: string): boolean {
  statements.db.exec(`DROP ${kind} ${name}`);
  return true;
}

const objectsSql = `SELECT type, name, sql FROM sqlite_schema WHERE instr(name, ?) = 1`;
