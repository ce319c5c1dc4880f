import type { EventStatus, EventSummary, StoredEvent } from "@sessionhook/core";
import { issuesFromJson } from "../issues-json.js";
import { positionAfter } from "../page.js";

export const summaryColumns =
  "seq, id, version, type, status, received_at, attempt_timestamp, size, duplicates";

/** Selects one version of an event with its body. Parameters: id, version. */
export const eventSql = `SELECT ${summaryColumns}, issues, signature, raw
  FROM events JOIN received USING (seq) WHERE id = ? AND version = ?`;

/** Selects all versions of an event without their bodies. Parameter: id. */
export const versionsSql = `SELECT ${summaryColumns} FROM events WHERE id = ? ORDER BY version`;

export const statsSql = "SELECT accepted, quarantined, unrecognized, conflicts, duplicates FROM totals";

/** A change that can be committed only while the database accepts writes and has the tables of events. */
export const writeCheckSql = `UPDATE totals SET write_checks = write_checks + 1
  WHERE (SELECT count(*) FROM (SELECT 1 FROM events LIMIT 1)) + (SELECT count(*) FROM (SELECT 1 FROM received LIMIT 1)) >= 0`;

export interface SummaryRow {
  readonly seq: number;
  readonly id: string;
  readonly version: number;
  readonly type: string | null;
  readonly status: EventStatus;
  readonly received_at: number;
  readonly attempt_timestamp: number;
  readonly size: number;
  readonly duplicates: number;
}

export interface EventRow extends SummaryRow {
  readonly issues: string | null;
  readonly signature: string;
  readonly raw: Uint8Array;
}

export function summaryOf(row: SummaryRow): EventSummary {
  return {
    id: row.id,
    version: row.version,
    type: row.type,
    status: row.status,
    receivedAt: row.received_at,
    attemptTimestamp: row.attempt_timestamp,
    size: row.size,
    duplicates: row.duplicates,
    position: positionAfter(row.seq),
  };
}

export function eventOf(row: EventRow): StoredEvent {
  return { ...summaryOf(row), ...issuesFromJson(row.issues), raw: row.raw, signature: row.signature };
}
