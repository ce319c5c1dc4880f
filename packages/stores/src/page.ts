import { maxPageSize } from "@sessionhook/core/limits";
import { StoreError } from "@sessionhook/core";

/** Maximum number of body bytes in one scan page: as base64 in JSON it fits the 6 MB of a Lambda response. */
export const maxScanBytes = 3 * 1024 * 1024;

/** A list that is in descending order of arrival numbers. */
export type ArrivalList = "events" | "deliveries" | "replays";

/**
 * Returns the arrival number in a cursor of {@link cursorBefore}; without a cursor, a number after every row.
 * @throws StoreError `invalid_cursor` for the cursor of another list
 */
export function positionOf(list: ArrivalList, cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  return arrivalIn(cursor, cursorPrefix(list)) ?? wrongCursor(list);
}

/** Returns the cursor of the page that begins below `position` (the arrival number of the last row shown). */
export function cursorBefore(list: ArrivalList, position: number): string {
  return `${cursorPrefix(list)}${position}`;
}

/** Returns the beginning of the cursors of a list. */
export function cursorPrefix(list: ArrivalList): string {
  return `${list}-before-`;
}

/** @throws StoreError `invalid_cursor` */
export function wrongCursor(list: string): never {
  throw new StoreError("invalid_cursor", `cursor is not of this list of ${list}`);
}

/** @throws StoreError `invalid_cursor` */
export function wrongPosition(): never {
  throw new StoreError("invalid_cursor", "after is not a position of this event log");
}

/**
 * Returns the arrival number in a position of {@link positionAfter}; without a position, 0, which is before every row.
 * @throws StoreError `invalid_cursor`
 */
export function arrivalOf(position: string | undefined): number {
  return position === undefined ? 0 : (arrivalIn(position, "after-") ?? wrongPosition());
}

/** Returns the position after the row with this arrival number. */
export function positionAfter(arrival: number): string {
  return `after-${arrival}`;
}

/** Returns how many of these positions, in their order, are not after `end`. */
export function countUntil(end: string, positions: readonly string[]): number {
  const last = arrivalOf(end);
  return positions.filter((position) => arrivalOf(position) <= last).length;
}

function arrivalIn(text: string, prefix: string): number | undefined {
  const digits = text.startsWith(prefix) ? text.slice(prefix.length) : "";
  const arrival = /^(?:0|[1-9][0-9]{0,15})$/.test(digits) ? Number(digits) : Number.NaN;
  return Number.isSafeInteger(arrival) ? arrival : undefined;
}

/** @throws RangeError for a page size that the port does not allow, which is an error of the caller */
export function checkLimit(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > maxPageSize)
    throw new RangeError(`limit must be an integer from 1 to ${maxPageSize}`);
}

/** Returns how many rows, starting with the first, fit into one scan page; at least one. */
export function rowsWithin(sizes: readonly number[], maxBytes = maxScanBytes): number {
  let bytes = 0;
  const over = sizes.findIndex((size, index) => (bytes += size) > maxBytes && index > 0);
  return over < 0 ? sizes.length : over;
}
