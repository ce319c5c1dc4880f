import { StoreError } from "@sessionhook/core";

const cursorPattern = /^before-([1-9][0-9]{0,15})$/;

/** Reads a cursor made by {@link cursorBefore}; without one, a position after every row. */
export function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const position = Number(cursorPattern.exec(cursor)?.[1]);
  if (!Number.isSafeInteger(position)) throw new StoreError("invalid_cursor", "Not a cursor of this store");
  return position;
}

/** The cursor of the page that begins below `position` (the arrival number of the last row shown). */
export function cursorBefore(position: number): string {
  return `before-${position}`;
}

/** Throws RangeError for a page size the port does not allow: a mistake of the caller, not of the store. */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 500)
    throw new RangeError("limit must be an integer from 1 to 500");
}
