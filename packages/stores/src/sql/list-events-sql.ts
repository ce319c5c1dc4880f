import { eventStatuses, type ListQuery } from "@sessionhook/core";
import { headOf } from "./prefix.js";
import { summaryColumns } from "./rows.js";

const inPrefix = "id >= :from AND id < :to";

type Filter = Pick<ListQuery, "status" | "type">;

/** Returns SQL for a page: the newest `:take` rows below `:before` with the requested status and type. */
export function pageSql(filter: Filter): string {
  return `SELECT ${summaryColumns} FROM events NOT INDEXED
    WHERE seq IN (${candidatesSql(filter, ":take")}) ORDER BY seq DESC`;
}

/**
 * Returns SQL that reads the next `:candidates` rows below `:before` with the requested status and type. The result
 * contains the newest `:take` rows whose id is in the range, with `fits` 1, and the oldest candidate, with `fits` 0 if its
 * id is not in the range.
 */
export function candidatePageSql(filter: Filter): string {
  return `WITH candidates AS MATERIALIZED (${candidatesSql(filter, ":candidates")})
    SELECT ${summaryColumns}, ${inPrefix} AS fits FROM events NOT INDEXED
    WHERE seq IN candidates AND (${inPrefix} OR seq = (SELECT min(seq) FROM candidates))
    ORDER BY seq DESC LIMIT :take`;
}

/**
 * Finds where the next row of an id range can be. `newest`: no row between this `seq` and `:before` has an id in the range;
 * null when there is no such row below `:before`. `heads`: the number of different heads (see `headOf`) in the range, up
 * to `:most`; when that limit is reached, `newest` is meaningless. The cost is one index step per head.
 */
export const newestInPrefixSql = `WITH RECURSIVE heads (head) AS (
    SELECT (${nextHeadSql(`>= ${headOf(":from")}`)})
    UNION ALL
    SELECT (${nextHeadSql("> head")}) FROM heads WHERE head < :to LIMIT :most
  )
  SELECT count(*) AS heads, max((SELECT seq FROM events INDEXED BY events_by_head
    WHERE ${headOf("id")} = head AND seq < :before ORDER BY seq DESC LIMIT 1)) AS newest
  FROM heads WHERE head < :to`;

function nextHeadSql(condition: string): string {
  const head = headOf("id");
  return `SELECT ${head} FROM events INDEXED BY events_by_head WHERE ${head} ${condition} ORDER BY ${head} LIMIT 1`;
}

/** Counts the rows whose id is in the range, up to `:most`. */
export const countPrefixSql = `SELECT count(*) AS rows FROM
  (SELECT 1 FROM events INDEXED BY events_by_id WHERE ${inPrefix} LIMIT :most)`;

/** Returns SQL for a page through the id index: reads the whole range and sorts it; without a filter it needs only the index. */
export function pageByPrefixSql({ status, type }: Filter): string {
  const filters = [
    ...(status === undefined ? [] : ["AND status = :status"]),
    ...(type === undefined ? [] : ["AND type = :type"]),
  ];
  return `SELECT ${summaryColumns} FROM events NOT INDEXED WHERE seq IN (
      SELECT seq FROM events INDEXED BY events_by_id
      WHERE ${inPrefix} AND seq < :before ${filters.join(" ")} ORDER BY seq DESC LIMIT :take
    ) ORDER BY seq DESC`;
}

/** Returns SQL for the next `most` row numbers in list order, from an index that is already in that order. */
function candidatesSql({ status, type }: Filter, most: string): string {
  const newest = (source: string, condition: string) =>
    `SELECT seq FROM ${source} WHERE ${condition} AND seq < :before ORDER BY seq DESC LIMIT ${most}`;
  const newestOfType = (status: string) =>
    newest("events INDEXED BY events_by_type", `type = :type AND status = ${status}`);

  if (type === undefined && status === undefined) return newest("events", "TRUE");
  if (type === undefined) return newest("events INDEXED BY events_by_status", "status = :status");
  if (status !== undefined) return newestOfType(":status");
  // The index is ordered by type and status, so this merges the newest rows of every status.
  const each = eventStatuses.map((status) => `SELECT * FROM (${newestOfType(`'${status}'`)})`);
  return `SELECT seq FROM (${each.join(" UNION ALL ")}) ORDER BY seq DESC LIMIT ${most}`;
}
