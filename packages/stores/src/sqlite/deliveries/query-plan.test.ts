import type { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openConnection } from "../open-connection.js";
import { bodiesSql, claimedSql, dueReplaysSql, dueSql } from "./claims.js";
import { existsSql } from "./create.js";
import { deleteSql } from "./delete-waiting.js";
import { countsSql, nextDueSql } from "./destinations.js";
import { attemptsSql, historySources, type Keys, openSources } from "./list.js";
import { cooldownsSql, oldHistorySql, tombstonesSql } from "./prune.js";
import { oldSql, windowSql } from "./prune-events.js";
import { deliveringSql, pairSql, unroutedSql } from "./replays.js";
import { followingSql, lagSql, rechecksSql } from "./routing.js";
import { deadSql, endLeasesSql, leasedSql, oldAttemptsSql } from "./settle.js";
import { SqliteDeliveryStore } from "./store.js";

let folder = "";
let db: DatabaseSync;
let store: SqliteDeliveryStore;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sessionhook-plan-"));
  const options = { path: join(folder, "events.db"), busyTimeoutMs: 0, autoCheckpoint: true };
  const connection = openConnection(options);
  db = connection.db;
  store = new SqliteDeliveryStore(connection, options, async () => () => undefined);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function steps(sql: string): string[] {
  const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
  return rows.map(({ detail }) => String(detail));
}

/** Steps that read all of a table. `routing` has one row, and few deliveries are leased. */
function scans(sql: string): string[] {
  const small = /^SCAN (CONSTANT ROW|json_each|\(|routing|\w+ USING INDEX deliveries_leased)/;
  return steps(sql).filter((step) => step.startsWith("SCAN") && !small.test(step));
}

describe("the plan", () => {
  test.each(
    Object.entries({
      dueSql,
      dueReplaysSql,
      claimedSql,
      bodiesSql,
      leasedSql,
      deadSql,
      attemptsSql,
      oldAttemptsSql,
      endLeasesSql,
      existsSql,
      nextDueSql,
      followingSql,
      pairSql,
      unroutedSql,
      deliveringSql,
      windowSql,
      oldSql,
      oldHistorySql,
      deleteSql,
      tombstonesSql,
    }),
  )("of %s begins each read at an index entry", (_, sql) => {
    expect(scans(sql)).toEqual([]);
  });

  test("of a claim reads one range of the open deliveries, in its order, whatever history has", () => {
    expect(steps(dueSql)).toEqual([
      "SEARCH d USING INDEX deliveries_due (destination=? AND class=? AND due_at<?)",
      "SEARCH e USING INTEGER PRIMARY KEY (rowid=?)",
    ]);
    for (const sql of [dueSql, claimedSql, leasedSql, nextDueSql]) expect(sql).not.toContain("history");
  });

  test("of the counters counts no deliveries", () => {
    expect(steps(countsSql).filter((step) => /history|count/.test(step))).toEqual([]);
    expect(scans(countsSql)).toEqual(["SCAN n USING INDEX sqlite_autoindex_destinations_1"]);
  });

  test("of the lag reads the events that follow the position", () => {
    const search = "SEARCH events USING COVERING INDEX events_by_status (status=? AND rowid>?)";
    expect(steps(lagSql)).toContain(search);
  });

  test("of rechecks and old cooldowns reads their own small tables", () => {
    expect(steps(rechecksSql)[0]).toBe("SEARCH r USING INTEGER PRIMARY KEY (rowid<?)");
    const search = "SEARCH cooldowns USING COVERING INDEX cooldowns_by_end (until<?)";
    expect(steps(cooldownsSql)).toContain(search);
  });

  test("of a list finds its rows in the order of the list", () => {
    expect.hasAssertions();
    const keys: Keys[] = [{}];
    for (const name of ["seq", "replay", "destination"] as const)
      keys.push(...keys.map((each) => ({ ...each, [name]: 1 })));
    for (const key of keys)
      for (const state of [undefined, "waiting", "delivering", "delivered", "dead"] as const) {
        const filter = state === undefined ? key : { ...key, state };
        for (const { sql } of [...openSources(filter), ...historySources(filter, [1, 2])]) {
          // Few deliveries are leased, and few belong to one event: sorting them costs nothing.
          const few = sql.includes("deliveries_leased") || filter.seq !== undefined;
          if (!few) expect(steps(sql).join("\n")).not.toContain("TEMP B-TREE");
          expect(scans(sql)).toEqual([]);
        }
      }
  });
});
