import type { Derive, DerivedRecords } from "@sessionhook/core";
import { rowsWithin } from "../../page.js";
import { boundLimit } from "../bound-limit.js";
import type { Statements } from "../statements.js";

/** An accepted event of the log, without its body. */
export interface LogRow {
  readonly seq: number;
  readonly id: string;
  readonly receivedAt: number;
  readonly size: number;
}

/** The accepted events behind a position, up to `end`. */
export interface NextRows {
  readonly rows: readonly LogRow[];
  readonly end: number;
  /** True if more may follow. */
  readonly more: boolean;
}

/**
 * Returns the accepted events behind a position, at most `limit`, or `maxBytes` of bodies.
 * @param last the last number
 */
export function nextRows(
  statements: Statements,
  [position, last]: readonly [position: number, last: number],
  limit: number,
  maxBytes?: number,
): NextRows {
  const found = statements.all<LogRow>(acceptedSql, position, last, limit);
  const rows = found.slice(
    0,
    rowsWithin(
      found.map(({ size }) => size),
      maxBytes,
    ),
  );
  const more = rows.length < found.length || found.length === limit;
  return { rows, end: more ? (rows.at(-1)?.seq ?? last) : last, more };
}

/** Returns the records of an event, derived from its body; undefined if it has none. */
export function recordsOf(
  statements: Statements,
  { seq, id, receivedAt }: LogRow,
  derive: Derive,
): DerivedRecords | undefined {
  const body = statements.get<{ raw: Uint8Array }>("SELECT raw FROM received WHERE seq = ?", seq);
  return body && derive({ id, raw: body.raw, receivedAt });
}

/** Rows of accepted events, oldest first. Parameters: a position, the last number, number of rows. */
export const acceptedSql = `SELECT seq, id, received_at AS receivedAt, size FROM events INDEXED BY events_by_status
  WHERE status = 'accepted' AND seq > ? AND seq <= ? ORDER BY seq ${boundLimit}`;
