import type { Derive, DerivedRecords } from "@sessionhook/core";
import type { Statements } from "../statements.js";

/** An accepted event of the log, without its body. */
export interface LogRow {
  readonly seq: number;
  readonly id: string;
  readonly receivedAt: number;
  readonly size: number;
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
  WHERE status = 'accepted' AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?`;
