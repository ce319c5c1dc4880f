import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { EventStatus, ListQuery } from "@sessionhook/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBoth } from "../../test/open-both.js";
import {
  candidatePageSql,
  countPrefixSql,
  newestInPrefixSql,
  pageByPrefixSql,
  pageSql,
} from "../sql/list-events-sql.js";
import type { SqliteEventLog } from "./store.js";

const rows = 60_000;
let folder = "";
let db: DatabaseSync;
let store: SqliteEventLog;

/** The oldest fifth is quarantined and has its own type; ids of the oldest half begin with "old". */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sessionhook-plan-"));
  ({ db, store } = openBoth(join(folder, "events.db")));
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO events (id, version, type, status, received_at, attempt_timestamp, size)
    SELECT iif(i <= ${rows / 2}, 'old_', 'new_') || i, 1, iif(i <= ${rows / 5}, 'rare', 'common'),
      iif(i <= ${rows / 5}, 'quarantined', 'accepted'), i, i, 1 FROM n`);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function plan(sql: string): string[] {
  const steps = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  return steps.map(({ detail }) => String(detail)).filter((detail) => /^(SEARCH|SCAN|USE)/.test(detail));
}

const byRow = "SEARCH events USING INTEGER PRIMARY KEY (rowid=?)";

describe("the plan of a page", () => {
  test("of all rows reads the table in order", () => {
    expect(plan(pageSql({}))).toEqual([byRow, "SEARCH events USING INTEGER PRIMARY KEY (rowid<?)"]);
  });

  test("by status reads the status index", () => {
    const index = "SEARCH events USING COVERING INDEX events_by_status (status=? AND rowid<?)";
    expect(plan(pageSql({ status: "accepted" }))).toEqual([byRow, index]);
  });

  test("by type, and by type and status, reads their common index", () => {
    const index = "SEARCH events USING COVERING INDEX events_by_type (type=? AND status=? AND rowid<?)";
    expect(plan(pageSql({ type: "t", status: "accepted" }))).toEqual([byRow, index]);
    const searches = plan(pageSql({ type: "t" })).filter((step) => step.startsWith("SEARCH"));
    expect(searches).toEqual([byRow, index, index, index, index]);
  });

  test("by id prefix searches the id index, and only that without other filters", () => {
    const search = "SEARCH events USING COVERING INDEX events_by_id (id>? AND id<?)";
    const rows = "SEARCH events USING INDEX events_by_id (id>? AND id<?)";
    expect(plan(countPrefixSql)[0]).toBe(search);
    expect(plan(pageByPrefixSql({}))).toEqual([byRow, search, "USE TEMP B-TREE FOR ORDER BY"]);
    for (const filter of [{ status: "accepted" }, { type: "t" }, { type: "t", status: "accepted" }] as const)
      expect(plan(pageByPrefixSql(filter))).toEqual([byRow, rows, "USE TEMP B-TREE FOR ORDER BY"]);
  });

  test("by id prefix seeks from one id head to the next in their index", () => {
    const searches = plan(newestInPrefixSql).filter((step) => !/^SCAN (CONSTANT ROW|heads)$/.test(step));
    expect(searches).toEqual([
      "SEARCH events USING COVERING INDEX events_by_head (<expr>>?)",
      "SEARCH events USING COVERING INDEX events_by_head (<expr>>?)",
      "SEARCH events USING COVERING INDEX events_by_head (<expr>=? AND rowid<?)",
    ]);
  });

  test("never scans the table and never reads bodies", () => {
    for (const status of [undefined, "accepted"] as (EventStatus | undefined)[])
      for (const type of [undefined, "t"])
        for (const sql of [pageSql({ status, type }), candidatePageSql({ status, type })])
          expect(plan(sql).join("\n")).not.toMatch(/SCAN (events|received)|received/);
  });
});

describe(`a page among ${rows} rows`, () => {
  const ids = async (query: Partial<ListQuery>): Promise<string[]> =>
    (await store.list({ limit: 3, ...query })).events.map(({ id }) => id);
  const last = (prefix: string, number: number): string[] =>
    [0, 1, 2].map((back) => `${prefix}_${number - back}`);

  test.each<[string, Partial<ListQuery>, string[]]>([
    ["all", {}, last("new", rows)],
    ["the oldest status", { status: "quarantined" }, last("old", rows / 5)],
    ["the oldest type", { type: "rare" }, last("old", rows / 5)],
    ["both", { type: "rare", status: "quarantined" }, last("old", rows / 5)],
    ["neither together", { type: "rare", status: "accepted" }, []],
    ["one id", { q: "old_777" }, ["old_7779", "old_7778", "old_7777"]],
    ["a wide prefix of new rows", { q: "new" }, last("new", rows)],
    ["a wide prefix of old rows only", { q: "old" }, last("old", rows / 2)],
    ["a wide prefix and a status", { q: "old", status: "quarantined" }, last("old", rows / 5)],
    ["a wide prefix that the status rules out", { q: "new", status: "quarantined" }, []],
    [
      "a wide prefix, status and type",
      { q: "old", status: "accepted", type: "common" },
      last("old", rows / 2),
    ],
  ])("%s", async (_, query, expected) => {
    expect(await ids(query)).toEqual(expected);
  });

  test("pages of a frequent prefix of old rows contain each row once", async () => {
    let cursor: string | undefined;
    const seen: string[] = [];
    do {
      const page = await store.list({ q: "old_1", status: "quarantined", limit: 500, cursor });
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const expected = Array.from({ length: rows / 5 }, (_, index) => `old_${rows / 5 - index}`);
    expect(seen).toEqual(expected.filter((id) => id.startsWith("old_1")));
  });
});
