import type { EventStatus, ListQuery } from "@sessionhook/core";
import { headOf } from "./prefix.js";
import { summaryColumns } from "./rows.js";

const statuses: readonly EventStatus[] = ["accepted", "quarantined", "unrecognized", "conflict"];

const inPrefix = "id >= :from AND id < :to";

type Filter = Pick<ListQuery, "status" | "type">;

/** A page of the newest `:take` rows below `:before` that have the status and type asked for. */
export function pageSql(filter: Filter): string {
  return `SELECT ${summaryColumns} FROM events NOT INDEXED
    WHERE seq IN (${candidatesSql(filter, ":take")}) ORDER BY seq DESC`;
}

/**
 * Of the next `:candidates` rows below `:before` that have the status and type asked for: the newest `:take`
 * whose id is in the range, with `fits` 1, and the oldest candidate, with `fits` 0 where its id is not.
 */
export function candidatePageSql(filter: Filter): string {
  return `WITH candidates AS MATERIALIZED (${candidatesSql(filter, ":candidates")})
    SELECT ${summaryColumns}, ${inPrefix} AS fits FROM events NOT INDEXED
    WHERE seq IN candidates AND (${inPrefix} OR seq = (SELECT min(seq) FROM candidates))
    ORDER BY seq DESC LIMIT :take`;
}

/**
 * `newest`: no row below `:before` and above this one has an id in the range; null where there is none at all.
 * `heads`: how many different beginnings the ids in the range have, up to `:most`; with as many as that, `newest` is
 * worth nothing. Goes from one beginning to the next, so it costs as many steps as there are beginnings.
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

/** How many rows have an id in the range, up to `:most`. */
export const countPrefixSql = `SELECT count(*) AS rows FROM
  (SELECT 1 FROM events INDEXED BY events_by_id WHERE ${inPrefix} LIMIT :most)`;

/** A page found through the ids: reads the whole range and sorts it; without a filter, in the index alone. */
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

/** The next `most` row numbers in list order, from one index that is in that order already. */
function candidatesSql({ status, type }: Filter, most: string): string {
  const newest = (source: string, condition: string) =>
    `SELECT seq FROM ${source} WHERE ${condition} AND seq < :before ORDER BY seq DESC LIMIT ${most}`;
  const newestOfType = (status: string) =>
    newest("events INDEXED BY events_by_type", `type = :type AND status = ${status}`);

  if (type === undefined && status === undefined) return newest("events", "TRUE");
  if (type === undefined) return newest("events INDEXED BY events_by_status", "status = :status");
  if (status !== undefined) return newestOfType(":status");
  // The index is by type and status: the newest of every status, and of them the newest.
  const each = statuses.map((status) => `SELECT * FROM (${newestOfType(`'${status}'`)})`);
  return `SELECT seq FROM (${each.join(" UNION ALL ")}) ORDER BY seq DESC LIMIT ${most}`;
}
