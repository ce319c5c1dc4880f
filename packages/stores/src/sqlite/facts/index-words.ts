import type { SQLInputValue } from "node:sqlite";
import { wordsOf } from "../../facts/words.js";
import type { Statements } from "../statements.js";

/** The words of texts, as the tables hold them: each follows a space. A session and its person have the same. */
export class WordTexts {
  readonly #known = new Map<string, string>();

  of(...texts: readonly (string | null | undefined)[]): string {
    const key = texts.join("\n");
    let words = this.#known.get(key);
    if (words === undefined) {
      words = wordsOf(...texts)
        .map((word) => ` ${word}`)
        .join("");
      this.#known.set(key, words);
    }
    return words;
  }

  /** To be called after a transaction: how many are known is bounded by its events. */
  forget(): void {
    this.#known.clear();
  }
}

/** Replaces the words that a search finds a row of a table by; each follows a space. */
export function indexWords(
  statements: Statements,
  table: string,
  number: number,
  before: string,
  after: string,
): void {
  if (before === after) return;
  const [old, now] = [new Set(wordsIn(before)), new Set(wordsIn(after))];
  for (const word of old)
    if (!now.has(word))
      statements.run(`DELETE FROM ${table}_words WHERE word = ? AND number = ?`, word, number);
  const added = [...now].filter((word) => !old.has(word));
  statements.insert(`${table}_words`, 2, rowsOf(added, number));
}

/** Returns the values of the rows by which a search finds a new row with these words. */
export function wordRows(words: string, number: number): SQLInputValue[] {
  return rowsOf(wordsIn(words), number);
}

function wordsIn(text: string): string[] {
  return text.split(" ").slice(1);
}

function rowsOf(words: readonly string[], number: number): SQLInputValue[] {
  return words.flatMap((word) => [word, number]);
}
