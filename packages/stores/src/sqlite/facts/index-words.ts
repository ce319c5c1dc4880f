import type { Statements } from "../statements.js";

/** Replaces the words that a search finds a row of a table by. */
export function indexWords(
  statements: Statements,
  table: string,
  number: number,
  before: string,
  after: string,
): void {
  if (before === after) return;
  const index = `${table}_words`;
  if (before !== "")
    statements.run(`INSERT INTO ${index} (${index}, rowid, words) VALUES ('delete', ?, ?)`, number, before);
  if (after !== "") statements.run(`INSERT INTO ${index} (rowid, words) VALUES (?, ?)`, number, after);
}
