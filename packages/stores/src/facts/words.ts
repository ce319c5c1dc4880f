/** Longer words are compared by their beginning. */
const maxWordLength = 64;
const maxWords = 32;
const maxQuery = 1000;

/** Words of a search, and the text as the beginning of an id. */
export interface Search {
  readonly words: readonly string[];
  readonly id: string;
}

/**
 * Splits texts into words of letters and digits, in lower case and without accents. All drivers search in these, so that the
 * same text finds the same rows everywhere.
 */
export function wordsOf(...texts: readonly (string | null | undefined)[]): string[] {
  const words = new Set<string>();
  for (const text of texts) {
    if (text === null || text === undefined) continue;
    for (const word of plain(text).split(/[^\p{L}\p{N}]+/u)) if (word !== "") words.add(cutWord(word));
  }
  return [...words];
}

/** Reads a search: every word must begin a word of the row, or the whole text an id. Undefined for an empty one. */
export function searchOf(q: string | undefined): Search | undefined {
  const id = q?.slice(0, maxQuery).toWellFormed().trim() ?? "";
  return id === "" ? undefined : { words: wordsOf(id).slice(0, maxWords), id };
}

function plain(text: string): string {
  // Most texts are ASCII.
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "");
}

function cutWord(word: string): string {
  return word.length <= maxWordLength ? word : word.slice(0, maxWordLength).toWellFormed();
}
