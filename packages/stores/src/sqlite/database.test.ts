import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { batchOf } from "../../test/batch.js";
import { startChild } from "../../test/child.js";
import { useFolder } from "../../test/folder.js";
import { openSqliteStore } from "../sqlite.js";
import { openDatabase } from "./database.js";
import { applicationId, latestVersion } from "./schema.js";

const inFolder = useFolder();

test("every commit is synced through a write-ahead log", () => {
  const db = openDatabase(inFolder("events.db"), 1234);
  const pragma = (name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  expect(pragma("journal_mode")).toBe("wal");
  expect(pragma("synchronous")).toBe(2);
  expect(pragma("fullfsync")).toBe(1);
  expect(pragma("busy_timeout")).toBe(1234);
  expect(pragma("wal_autocheckpoint")).toBe(1000);
  db.close();
});

test("the log is open from the start: a log that is opened while the disk is read-only stays read-only", () => {
  const path = inFolder("events.db");
  const db = openDatabase(path, 0);
  expect(existsSync(`${path}-wal`)).toBe(true);
  db.close();
});

test("an empty file gets the latest schema, and opening again changes nothing", async () => {
  const path = inFolder("events.db");
  const dump = (): unknown => {
    const db = new DatabaseSync(path, { readOnly: true });
    const schema = db.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").all();
    const pragmas = ["application_id", "user_version", "journal_mode", "integrity_check"];
    const values = pragmas.map((name) => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0]);
    db.close();
    const names = schema.map(({ name }) => String(name)).filter((name) => !name.startsWith("g1_"));
    return { names, schema, values };
  };
  await (await openSqliteStore({ path })).close();
  const first = dump();
  expect(first).toMatchObject({
    names: [
      "attempts",
      "companies",
      "cooldowns",
      "cooldowns_by_end",
      "deliveries",
      "deliveries_by_destination",
      "deliveries_by_event",
      "deliveries_by_replay",
      "deliveries_due",
      "deliveries_leased",
      "derivation",
      "destinations",
      "events",
      "events_by_head",
      "events_by_id",
      "events_by_status",
      "events_by_type",
      "facts",
      "former",
      "history",
      "history_by_end",
      "history_by_event",
      "history_by_replay",
      "history_by_state",
      "page_views",
      "people",
      "received",
      "replays",
      "reroute",
      "reroute_by_event",
      "routing",
      "sessions",
      "sqlite_autoindex_destinations_1",
      "sqlite_sequence",
      "tombstones",
      "tombstones_by_age",
      "tombstones_erased",
      "totals",
      "touches",
    ],
    values: [applicationId, latestVersion, "wal", "ok"],
  });
  await (await openSqliteStore({ path })).close();
  expect(dump()).toEqual(first);
});

test("processes that open a new file at the same time all get a store", async () => {
  const path = inFolder("events.db");
  const children = ["a", "b", "c", "d"].map((round) => ({
    round,
    child: startChild("./append-for-ever.ts", path, round),
  }));
  const started = children.map(
    async ({ child }) => new Promise<string>((resolve) => child.lines.once("line", resolve)),
  );
  expect(await Promise.all(started)).toEqual(["0", "0", "0", "0"]);
  await Promise.all(children.map(async ({ child }) => child.kill()));
  const store = await openSqliteStore({ path });
  for (const { round } of children) expect(await store.append(batchOf(round, 0))).toEqual(["duplicate"]);
  await store.close();
});
