import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { EventPage, ListQuery } from "@sessionhook/core";
import { checkLimit, cursorBefore, positionOf } from "../page.js";
import { countPrefixSql, lastCandidateSql, pageByPrefixSql, pageSql } from "./list-sql.js";
import { prefixRange } from "./prefix.js";
import { type SummaryRow, summaryOf } from "./rows.js";

/** A prefix with fewer rows than this is read whole and sorted. */
const fewRows = 5000;
/** With more rows, the prefix is looked for among this many of the next rows first. */
const candidateRows = 20_000;

type Parameters = Record<string, string | number | Uint8Array>;

/** Pages of the list. Never reads the table of bodies. */
export class Lister {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  list(query: ListQuery): EventPage {
    checkLimit(query.limit);
    // One row more than asked for tells whether there is a next page.
    const rows = this.#rows(query, positionOf(query.cursor), query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return { events: page.map(summaryOf), nextCursor: more ? cursorBefore(last.seq) : null };
  }

  #rows(query: ListQuery, before: number, take: number): SummaryRow[] {
    const filter: Parameters = { before };
    if (query.status !== undefined) filter["status"] = query.status;
    if (query.type !== undefined) filter["type"] = query.type;
    if (query.q === undefined || query.q === "")
      return this.#all(pageSql(query, false), { ...filter, take, candidates: take });

    const range = { ...prefixRange(query.q) };
    const count = this.#one(countPrefixSql, { ...range, most: fewRows });
    if (Number(count["rows"]) === fewRows) {
      const candidates = candidateRows;
      const rows = this.#all(pageSql(query, true), { ...filter, ...range, take, candidates });
      const seen = this.#one(lastCandidateSql(query), { ...filter, candidates });
      if (rows.length === take || Number(seen["rows"]) < candidates) return rows;
    }
    return this.#all(pageByPrefixSql(query), { ...filter, ...range, take });
  }

  #all(sql: string, parameters: Parameters): SummaryRow[] {
    return this.#prepared(sql).all(parameters) as unknown as SummaryRow[];
  }

  #one(sql: string, parameters: Parameters): Record<string, unknown> {
    return this.#prepared(sql).get(parameters) ?? {};
  }

  /** There are few texts (a filter is there or not), so all are kept. */
  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
