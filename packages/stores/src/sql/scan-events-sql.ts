import { type EventFilter, eventStatuses } from "@sessionhook/core";
import { summaryColumns } from "./rows.js";

/**
 * Returns SQL for the oldest `:take` rows above `:after` with the given status and type, from an index that is already in
 * this order. `fits` is 1 if the id is in the range `:from` to `:to`, or if the filter has no prefix.
 */
export function scanSql({ status, type, q = "" }: EventFilter): string {
  const fits = q === "" ? "1" : "id >= :from AND id < :to";
  return `SELECT seq, size, ${fits} AS fits FROM events NOT INDEXED
    WHERE seq IN (${oldestSql({ status, type })}) ORDER BY seq`;
}

/** Selects complete rows by a JSON list of their arrival numbers. */
export const bodiesSql = `SELECT ${summaryColumns}, issues, signature, raw FROM events JOIN received USING (seq)
  WHERE seq IN (SELECT value FROM json_each(:seqs)) ORDER BY seq`;

function oldestSql({ status, type }: EventFilter): string {
  const oldest = (source: string, condition: string) =>
    `SELECT seq FROM ${source} WHERE ${condition} AND seq > :after ORDER BY seq LIMIT :take`;
  const oldestOfType = (status: string) =>
    oldest("events INDEXED BY events_by_type", `type = :type AND status = ${status}`);
  if (type === undefined && status === undefined) return oldest("events", "TRUE");
  if (type === undefined) return oldest("events INDEXED BY events_by_status", "status = :status");
  if (status !== undefined) return oldestOfType(":status");
  const each = eventStatuses.map((status) => `SELECT * FROM (${oldestOfType(`'${status}'`)})`);
  return `SELECT seq FROM (${each.join(" UNION ALL ")}) ORDER BY seq LIMIT :take`;
}
