import { maxPageSize } from "@sessionhook/core/limits";
import { StoreError } from "@sessionhook/core";

/** Maximum number of body bytes in one scan page: as base64 in JSON it fits the 6 MB of a Lambda response. */
export const maxScanBytes = 3 * 1024 * 1024;

/** Returns the arrival number in a cursor of {@link cursorBefore}; without a cursor, a number after every row. */
export function positionOf(cursor: string | undefined): number {
  return cursor === undefined ? Number.MAX_SAFE_INTEGER : arrivalIn("before", cursor);
}

/** Returns the cursor of the page that begins below `position` (the arrival number of the last row shown). */
export function cursorBefore(position: number): string {
  return `before-${position}`;
}

/** Returns the arrival number in a position of {@link positionAfter}; without a position, 0, which is before every row. */
export function arrivalOf(position: string | undefined): number {
  return position === undefined ? 0 : arrivalIn("after", position);
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

function arrivalIn(direction: "before" | "after", text: string): number {
  const [prefix, digits = "", ...rest] = text.split("-");
  const arrival = /^(?:0|[1-9][0-9]{0,15})$/.test(digits) ? Number(digits) : Number.NaN;
  if (prefix !== direction || rest.length > 0 || !Number.isSafeInteger(arrival))
    throw new StoreError("invalid_cursor", "Not a cursor of this store");
  return arrival;
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
