import type { Statements } from "../statements.js";

/** Pages of an index that one transaction merges: others that write wait for it. */
const pagesAtOnce = 200;

/**
 * Merges the indexes of the searches: FTS5 only marks a deleted word, and removes it when it merges the parts of the index
 * (https://sqlite.org/fts5.html#the_merge_command).
 * @param pause is awaited between two transactions
 */
export async function mergeWords(
  use: <T>(work: (statements: Statements) => T) => T,
  pause: () => Promise<unknown>,
): Promise<void> {
  for (const { name } of use((statements) => statements.all<{ name: string }>(tablesSql))) {
    // A negative number begins to merge everything into one part.
    for (
      let pages = -pagesAtOnce;
      use((statements) => mergeSome(statements, name, pages));
      pages = pagesAtOnce
    )
      await pause();
  }
}

/** Returns false if nothing is left to merge. */
function mergeSome(statements: Statements, name: string, pages: number): boolean {
  // A rebuild may have deleted the index meanwhile.
  if (!statements.all<{ name: string }>(tablesSql).some((table) => table.name === name)) return false;
  const changes = () => statements.get<{ n: number }>("SELECT total_changes() AS n")?.n ?? 0;
  const before = changes();
  statements.write(() => statements.run(`INSERT INTO ${name} (${name}, rank) VALUES ('merge', ?)`, pages));
  // One change is that of the command itself.
  return pages < 0 || changes() - before > 1;
}

const tablesSql =
  "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%fts5%'";
