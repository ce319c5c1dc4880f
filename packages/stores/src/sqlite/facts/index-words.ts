import type { Statements } from "../statements.js";

/** Replaces the words that a search finds a row of a table by; each follows a space. */
export function indexWords(
  statements: Statements,
  table: string,
  number: number,
  before: string,
  after: string,
): void {
  if (before === after) return;
  const [old, now] = [new Set(before.split(" ").slice(1)), new Set(after.split(" ").slice(1))];
  for (const word of old)
    if (!now.has(word))
      statements.run(`DELETE FROM ${table}_words WHERE word = ? AND number = ?`, word, number);
  const added = [...now].filter((word) => !old.has(word));
  statements.insert(
    `${table}_words`,
    added.map((word) => [word, number]),
  );
}
