import { statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { startChild } from "../../test/child.js";
import { eventWith, useFolder } from "../../test/folder.js";
import { Checkpointer, openSqliteFactStore, openSqliteStore } from "../sqlite.js";
import { openBoth } from "../../test/open-both.js";
import { openDatabase } from "./database.js";
import { WriteAheadLog } from "./write-ahead-log.js";

const inFolder = useFolder();
const batch = (from: number) => Array.from({ length: 100 }, (_, i) => eventWith(`evt_${from + i}`));

describe("the write-ahead log of a store that does not checkpoint by itself", () => {
  test("grows, is copied by another connection, and restarts", async () => {
    const path = inFolder("events.db");
    const store = await openSqliteStore({ path, autoCheckpoint: false });
    for (let i = 0; i < 5; i++) await store.append(batch(100 * i));
    const pages = store.pagesToCheckpoint();
    // Bun and Deno may contain an older SQLite, which does not report this.
    if (pages !== undefined) expect(pages).toBeGreaterThan(20);
    const grown = statSync(`${path}-wal`).size;

    const checkpointer = new Checkpointer(path);
    checkpointer.run();
    if (pages !== undefined) expect(store.pagesToCheckpoint()).toBe(0);
    for (let i = 5; i < 8; i++) await store.append(batch(100 * i));
    expect(statSync(`${path}-wal`).size).toBe(grown);

    await store.close();
    const again = await openSqliteStore({ path });
    expect((await again.stats()).accepted).toBe(800);
    await again.close();
  });

  test("is unchanged while it cannot be copied, and is copied as soon as it can be", async () => {
    const path = inFolder("later/events.db");
    const checkpointer = new Checkpointer(path);
    expect(checkpointer.run()).toBeUndefined();
    const store = await openSqliteStore({ path, autoCheckpoint: false });
    for (let i = 0; i < 5; i++) await store.append(batch(100 * i));
    const before = statSync(path).size;
    checkpointer.run();
    expect(statSync(path).size).toBeGreaterThan(before);
    await store.close();
  });
});

test("a connection that has only read does not change the database when it is closed", async () => {
  const path = inFolder("events.db");
  const store = await openSqliteStore({ path, autoCheckpoint: false });
  await store.append(batch(0));
  const before = statSync(path, { bigint: true }).mtimeNs;
  const reader = await openSqliteFactStore({ path });
  expect((await reader.status()).lag).toBe(0);
  await reader.close();
  expect(statSync(path, { bigint: true }).mtimeNs).toBe(before);
  await store.close();
});

test("a log that cannot be copied: the reason is returned", () => {
  const path = inFolder("damaged.db");
  writeFileSync(path, "not a database ".repeat(1000));
  expect(new Checkpointer(path).run()).toMatchObject({
    code: "store_unavailable",
    message: "The database is damaged",
  });
});

describe("a log that always has a reader", () => {
  const mib = 1024 * 1024;

  /** Returns the greatest size of the log in MiB while 40 MiB are written and readers overlap. */
  async function longest(shorten: boolean): Promise<number> {
    const path = inFolder(`${shorten}.db`);
    const { db, store } = openBoth(path, 1000);
    // As in production, the size to which SQLite truncates the log is less than the size that counts as long.
    db.exec("PRAGMA journal_size_limit = 0");
    const log = new WriteAheadLog(db, 4 * mib);
    const child = startChild("./overlapping-readers.ts", path);
    await new Promise((resolve) => child.lines.once("line", resolve));
    let most = 0;
    for (let i = 0; i < 40; i++) {
      await store.append([eventWith(`evt_${i}`, { raw: new Uint8Array(mib) })]);
      if (shorten) log.shorten();
      most = Math.max(most, log.bytes);
      // Meanwhile the readers alternate.
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await child.kill();
    await store.close();
    return most / mib;
  }

  test("grows with every write, and restarts when the writer waits for the readers", async () => {
    expect(await longest(false)).toBeGreaterThan(40);
    expect(await longest(true)).toBeLessThan(12);
  });

  test("makes the writer wait only occasionally if a reader does not end", async () => {
    const path = inFolder("events.db");
    const { db, store } = openBoth(path, 300);
    await store.append(batch(0));
    const reader = openDatabase(path, 0);
    reader.exec("BEGIN; SELECT count(*) FROM totals");
    await store.append(batch(100));
    const log = new WriteAheadLog(db, 1);
    const took = () => {
      const began = performance.now();
      log.shorten();
      return performance.now() - began;
    };
    const [first, ...more] = Array.from({ length: 50 }, took);
    expect(first).toBeGreaterThan(250);
    expect(more.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(250);
    expect(await store.append(batch(200))).toHaveLength(100);
    reader.close();
    await store.close();
  });
});
