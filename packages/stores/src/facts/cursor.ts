import { checkLimit, wrongCursor } from "../page.js";

export type ListName = "sessions" | "people" | "companies" | "events";

/** The place of a row in a list: lists are in descending order of `at`, then of `id`. */
export interface Place {
  readonly at: number;
  /** Empty for the place before every row of that time. */
  readonly id: string;
}

/** Returns the cursor of the page that begins after a row. */
export function cursorAfter(list: ListName, { at, id }: Place): string {
  return `${list}-${at}-${id}`;
}

/** @throws StoreError `invalid_cursor` for the cursor of another list */
export function placeOf(list: ListName, cursor: string | undefined): Place | undefined {
  if (cursor === undefined) return undefined;
  const found = /^([a-z]+)-(0|[1-9][0-9]{0,15})-(.*)$/s.exec(cursor);
  const at = Number(found?.[2]);
  if (found?.[1] !== list || !Number.isSafeInteger(at) || !cursor.isWellFormed()) return wrongCursor(list);
  return { at, id: found[3] as string };
}

/** @throws RangeError for an invalid limit; StoreError for a cursor of another list */
export function pageQuery(
  list: ListName,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): { readonly limit: number; readonly after: Place | undefined } {
  checkLimit(limit);
  return { limit, after: placeOf(list, cursor) };
}

/** Compares texts as SQLite does: by code points. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  const [first, second] = [[...one], [...other]];
  const at = first.findIndex((character, index) => character !== second[index]);
  const [a, b] = [first[at]?.codePointAt(0) ?? -1, second[at]?.codePointAt(0) ?? -1];
  return at < 0 ? -1 : a - b;
}
