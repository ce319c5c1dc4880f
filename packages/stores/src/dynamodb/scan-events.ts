import type { ScanPage, ScanQuery, StoredEvent } from "@sessionhook/core";
import { checkLimit, rowsWithin, wrongPosition } from "../page.js";
import { arrivalPattern, positionAfter } from "./arrival.js";
import type { Db } from "./client.js";
import { mergedRows } from "./merged-rows.js";
import { readRow } from "./reader.js";
import { eventOf, numberOf, textOf } from "./rows.js";

/**
 * Returns a page of rows, oldest first. The order of arrival is that of the writers' clocks, and indexes lag behind
 * writes: a row can appear below a position that was returned moments ago. Readers that follow the log re-read the
 * last `settleMs`.
 */
export async function scanPage(db: Db, query: ScanQuery): Promise<ScanPage> {
  checkLimit(query.limit);
  const after = arrivalAfter(query.after);
  const rows = await mergedRows(db, query, { after }, query.limit + 1);
  const fitting = rows.slice(0, query.limit);
  const page = fitting.slice(0, rowsWithin(fitting.map((row) => numberOf(row, "size"))));
  const read = page.map(async (row) => {
    const item = await readRow(db, textOf(row, "id"), numberOf(row, "version"));
    return item === undefined ? undefined : eventOf(db, item);
  });
  const events = (await Promise.all(read)).filter((event): event is StoredEvent => event !== undefined);
  const last = page.at(-1);
  return {
    events,
    position: positionAfter(last === undefined ? after : textOf(last, "arrival")),
    end: page.length === rows.length,
  };
}

function arrivalAfter(position: string | undefined): string {
  if (position === undefined || position === positionAfter("0")) return "0";
  const [, arrival = ""] = /^after-(.*)$/s.exec(position) ?? [];
  return arrivalPattern.test(arrival) ? arrival : wrongPosition();
}
