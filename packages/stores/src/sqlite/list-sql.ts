import type { EventStatus, ListQuery } from "@sessionhook/core";
import { summaryColumns } from "./rows.js";

const statuses: readonly EventStatus[] = ["accepted", "quarantined", "unrecognized", "conflict"];

const inPrefix = "id >= :from AND id < :to";

type Filter = Pick<ListQuery, "status" | "type">;

/**
 * A page: the newest `:take` of the next `:candidates` rows below `:before` that have the status and
 * type asked for; with `prefixed`, only those of them whose id is in the range.
 */
export function pageSql(filter: Filter, prefixed: boolean): string {
  return `SELECT ${summaryColumns} FROM events NOT INDEXED
    WHERE seq IN (${candidatesSql(filter)})${prefixed ? ` AND ${inPrefix}` : ""}
    ORDER BY seq DESC LIMIT :take`;
}

/** How many candidates there are, up to `:candidates`. */
export function lastCandidateSql(filter: Filter): string {
  return `SELECT count(*) AS rows FROM (${candidatesSql(filter)})`;
}

/** How many rows have an id in the range, up to `:most`. */
export const countPrefixSql = `SELECT count(*) AS rows FROM
  (SELECT 1 FROM events INDEXED BY events_by_id WHERE ${inPrefix} LIMIT :most)`;

/** A page found through the ids: reads the whole range and sorts it. */
export function pageByPrefixSql({ status, type }: Filter): string {
  return `SELECT ${summaryColumns} FROM events INDEXED BY events_by_id
    WHERE ${inPrefix} AND seq < :before
    ${status === undefined ? "" : "AND status = :status"} ${type === undefined ? "" : "AND type = :type"}
    ORDER BY seq DESC LIMIT :take`;
}

/** Row numbers in list order, from one index that is in that order already. */
function candidatesSql({ status, type }: Filter): string {
  if (type === undefined && status === undefined) return newest("events", "TRUE");
  if (type === undefined) return newest("events INDEXED BY events_by_status", "status = :status");
  if (status !== undefined) return newestOfType(":status");
  // The index is by type and status: the newest of every status, of which the page takes the newest.
  const each = statuses.map((status) => `SELECT * FROM (${newestOfType(`'${status}'`)})`);
  return `SELECT seq FROM (${each.join(" UNION ALL ")}) ORDER BY seq DESC LIMIT :candidates`;
}

function newestOfType(status: string): string {
  return newest("events INDEXED BY events_by_type", `type = :type AND status = ${status}`);
}

function newest(source: string, condition: string): string {
  return `SELECT seq FROM ${source} WHERE ${condition} AND seq < :before ORDER BY seq DESC LIMIT :candidates`;
}
