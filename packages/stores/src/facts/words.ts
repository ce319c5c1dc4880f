import { searchedAs } from "@sessionhook/core/derive";

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
  const text = texts.filter((each) => each !== null && each !== undefined).join(" ");
  // Most texts are ASCII.
  const found = /^[\x20-\x7e]*$/.test(text)
    ? text.toLowerCase().split(/[^a-z0-9]+/)
    : plain(text).split(/[^\p{L}\p{N}]+/u);
  return [...new Set(found.filter((word) => word !== "").map(cutWord))];
}

/** Reads a search: every word must begin a word of the row, or the whole text an id. Undefined for an empty one. */
export function searchOf(q: string | undefined): Search | undefined {
  const search = q?.slice(0, maxQuery).toWellFormed().trim() ?? "";
  if (search === "") return undefined;
  const { text, id } = searchedAs(search);
  return { words: wordsOf(text).slice(0, maxWords), id };
}

function plain(text: string): string {
  return text.normalize("NFKD").toLowerCase().replaceAll(/\p{M}/gu, "");
}

function cutWord(word: string): string {
  return word.length <= maxWordLength ? word : word.slice(0, maxWordLength).toWellFormed();
}
