import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test, vi } from "vitest";
import { startChild } from "../../test/child.js";
import { eventWith, useFolder } from "../../test/folder.js";
import { Checkpointer, openSqliteStore } from "../sqlite.js";
import { attempt } from "./attempt.js";
import { openConnection, reopenConnection } from "./open-connection.js";
import type { SqliteEventLog } from "./store.js";

const inFolder = useFolder();
const path = () => inFolder("events.db");
const unavailable = { code: "store_unavailable" };

const append = (store: SqliteEventLog, prefix: string, count = 1) =>
  store.append(Array.from({ length: count }, (_, i) => eventWith(`${prefix}${i}`)));

/** Reads a database with SQLite alone: its events, and the result of the integrity check. */
function idsIn(file: string): unknown[] {
  const db = new DatabaseSync(file);
  try {
    expect(db.prepare("PRAGMA integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
    return db
      .prepare("SELECT id FROM events ORDER BY seq")
      .all()
      .map(({ id }) => id);
  } finally {
    db.close();
  }
}

/** A valid database with the event `backup0`, in another folder. */
async function backup(): Promise<string> {
  const file = inFolder("backup.db");
  const store = await openSqliteStore({ path: file });
  await append(store, "backup");
  await store.close();
  return file;
}

async function opened(
  busyTimeoutMs = 1000,
): Promise<{ store: SqliteEventLog; outages: (string | undefined)[] }> {
  const outages: (string | undefined)[] = [];
  const store = await openSqliteStore({
    path: path(),
    busyTimeoutMs,
    onOutage: (reason) => outages.push(reason),
  });
  return { store, outages };
}

const recovers = (store: SqliteEventLog) =>
  vi.waitFor(() => store.stats(), { timeout: 15_000, interval: 100 });

describe("an open database that other programs use", () => {
  test("is not reported as changed after reads, checkpoints, deletes and VACUUM", async () => {
    const { store, outages } = await opened();
    await append(store, "a", 300);
    const other = new DatabaseSync(path());
    const statements = [
      "SELECT count(*) FROM events",
      "PRAGMA wal_checkpoint(PASSIVE)",
      "PRAGMA wal_checkpoint(TRUNCATE)",
      "DELETE FROM received WHERE seq > 10; DELETE FROM events WHERE seq > 10",
      "VACUUM",
      "PRAGMA wal_checkpoint(TRUNCATE)",
    ];
    for (const [i, statement] of statements.entries()) {
      other.exec(statement);
      expect(await append(store, `b${i}_`)).toEqual(["stored"]);
    }
    other.close();
    // The store itself checks once a second.
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(await append(store, "c")).toEqual(["stored"]);
    expect(outages).toEqual([]);
    await store.close();
  });

  test("is not reported as changed while another process writes and copies the log continuously", async () => {
    const { store, outages } = await opened();
    const other = new DatabaseSync(path());
    for (let i = 0; i < 100; i++) {
      await append(store, `a${i}_`, 20);
      other.exec("PRAGMA wal_checkpoint(PASSIVE)");
    }
    other.close();
    const child = startChild("./append-for-ever.ts", path());
    await new Promise((resolve) => child.lines.once("line", resolve));
    const until = performance.now() + 4000;
    const raw = new Uint8Array(200_000);
    for (let i = 0; performance.now() < until; i++)
      await store.append([eventWith(`b${i}`, { raw })]).catch(() => undefined);
    await child.kill();
    expect(outages).toEqual([]);
    await store.close();
  });

  test("is not reported as changed while another process makes it longer and shorter continuously", async () => {
    const { store, outages } = await opened(20_000);
    await append(store, "a", 20);
    const child = startChild("./vacuum-for-ever.ts", path());
    await new Promise((resolve) => child.lines.once("line", resolve));
    const until = performance.now() + 5000;
    const failures: unknown[] = [];
    for (let i = 0; performance.now() < until; i++)
      await store.append([eventWith(`b${i}`)]).catch((error: unknown) => failures.push(error));
    await child.kill();
    expect(failures).toEqual([]);
    expect(outages).toEqual([]);
    await store.close();
  });
});

describe("a store whose database was moved away", () => {
  test("copies its log into the moved database, writes nothing more, and opens the database at the path", async () => {
    const { store, outages } = await opened();
    await append(store, "before", 3);
    const other = await backup();
    renameSync(path(), inFolder("away.db"));
    renameSync(other, path());
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    await expect(store.list({ limit: 10 })).rejects.toMatchObject(unavailable);
    expect(idsIn(inFolder("away.db"))).toEqual(["before0", "before1", "before2"]);
    await recovers(store);
    expect(await append(store, "after")).toEqual(["stored"]);
    await store.close();
    expect(idsIn(path())).toEqual(["backup0", "after0"]);
    expect(outages).toEqual([expect.stringContaining("in the place of"), undefined]);
  });

  test("does not harm its log when another thread copies the log before it detects the change", async () => {
    const { store } = await opened();
    await append(store, "before", 300);
    const { fingerprint } = store;
    const other = await backup();
    renameSync(path(), inFolder("away.db"));
    renameSync(other, path());
    new Checkpointer(path()).run(fingerprint);
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    expect(idsIn(inFolder("away.db"))).toHaveLength(300);
    await recovers(store);
    await store.close();
    expect(idsIn(path())).toEqual(["backup0"]);
  });

  test("opens the next database only when the others of the process have had the time to detect it", async () => {
    const { store } = await opened();
    const other = await backup();
    renameSync(path(), inFolder("away.db"));
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    renameSync(other, path());
    const since = performance.now();
    await recovers(store);
    expect(performance.now() - since).toBeGreaterThan(1400);
    await store.close();
  });

  test("creates no new database when it is moved away while it is being opened", async () => {
    const { store } = await opened();
    // Checking it takes longer than the moves.
    await append(store, "before", 5000);
    await store.close();
    const options = { path: path(), busyTimeoutMs: 1000, autoCheckpoint: false };
    const child = startChild("./move-for-ever.ts", path());
    const lines = new Map<string, number>();
    child.lines.on("line", (line) => lines.set(line, (lines.get(line) ?? 0) + 1));
    await new Promise((resolve) => child.lines.once("line", resolve));
    const until = performance.now() + 4000;
    while (performance.now() < until) {
      attempt(() => reopenConnection(options)?.abandon());
      new Checkpointer(path()).run();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await child.kill();
    expect(lines.get("moved")).toBeGreaterThan(20);
    expect(lines.get("created")).toBeUndefined();
  });

  test("creates no new database, and reopens its own when it is back", async () => {
    const { store } = await opened();
    await append(store, "before");
    mkdirSync(inFolder("away"));
    for (const name of ["events.db", "events.db-wal", "events.db-shm"])
      renameSync(inFolder(name), inFolder(`away/${name}`));
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    await new Promise((resolve) => setTimeout(resolve, 3500));
    expect(readdirSync(inFolder("")).toSorted()).toEqual(["away"]);
    renameSync(inFolder("away/events.db"), path());
    await recovers(store);
    await append(store, "after");
    await store.close();
    expect(idsIn(path())).toEqual(["before0", "after0"]);
  });

  test("does not change the new database if it is closed before it detects the change", async () => {
    const { store } = await opened();
    await append(store, "before");
    const other = await openSqliteStore({ path: inFolder("other.db") });
    await append(other, "other");
    // With a log that is not checkpointed, as after a crash.
    for (const suffix of ["", "-wal"]) copyFileSync(inFolder(`other.db${suffix}`), inFolder(`copy${suffix}`));
    await other.close();
    for (const suffix of ["", "-wal"]) renameSync(inFolder(`copy${suffix}`), `${path()}${suffix}`);
    const files = ["", "-wal"].map((suffix) => readFileSync(`${path()}${suffix}`));
    await store.close();
    expect(["", "-wal"].map((suffix) => readFileSync(`${path()}${suffix}`))).toEqual(files);
    expect(idsIn(path())).toEqual(["other0"]);
  });
});

describe("a store whose database was emptied", () => {
  test("creates no new database when it is emptied while it is being opened", async () => {
    const { store } = await opened();
    await append(store, "before", 2000);
    await store.close();
    const options = { path: inFolder("other.db"), busyTimeoutMs: 1000, autoCheckpoint: false };
    const child = startChild("./empty-for-ever.ts", options.path, path());
    const lines = new Map<string, number>();
    child.lines.on("line", (line) => lines.set(line, (lines.get(line) ?? 0) + 1));
    await new Promise((resolve) => child.lines.once("line", resolve));
    const until = performance.now() + 5000;
    while (performance.now() < until) {
      attempt(() => openConnection({ ...options, alreadyChecked: true }).abandon());
      attempt(() => reopenConnection(options)?.abandon());
      await new Promise((resolve) => setImmediate(resolve));
    }
    await child.kill();
    expect(lines.get("emptied")).toBeGreaterThan(20);
    expect(lines.get("written")).toBeUndefined();
  });

  test("does not create its tables in the empty database of another program that is put there", async () => {
    const { store, outages } = await opened();
    await append(store, "before");
    const empty = inFolder("empty.db");
    const db = new DatabaseSync(empty);
    db.exec("VACUUM");
    db.close();
    const whole = readFileSync(empty);
    renameSync(empty, path());
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    await expect.poll(() => outages.at(-1), { timeout: 10_000 }).toBe("There is no database");
    expect(readFileSync(path()).equals(whole)).toBe(true);
    renameSync(await backup(), path());
    await recovers(store);
    await store.close();
    expect(idsIn(path())).toEqual(["backup0"]);
  });
});

describe("a store whose database was overwritten", () => {
  test("renames the log of the old database, and waits for connections of the process that still have that one open", async () => {
    const { store } = await opened();
    // Like another thread that is busy and does not notice the change.
    const late = openConnection({ path: path(), busyTimeoutMs: 0, autoCheckpoint: true });
    await append(store, "before", 500);
    store.checkpoint();
    // The log restarts with few pages, and all of it is in the database: SQLite would trust the log's index.
    await append(store, "more");
    store.checkpoint();
    const other = await backup();
    copyFileSync(other, path());
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    await new Promise((resolve) => setTimeout(resolve, 4000));
    await expect(store.stats()).rejects.toMatchObject(unavailable);
    late.abandon();
    await recovers(store);
    await append(store, "after", 300);
    await store.close();
    expect(idsIn(path())).toEqual(["backup0", ...Array.from({ length: 300 }, (_, i) => `after${i}`)]);
    const aside = readdirSync(inFolder("")).filter((name) => name.includes("-wal.stale-"));
    expect(aside).toHaveLength(1);
  });

  test.each<[string, (store: SqliteEventLog) => void | Promise<void>]>([
    ["copies its log", (store) => store.checkpoint()],
    ["has its log copied", (store) => new Checkpointer(path()).run(store.fingerprint)],
    ["closes", (store) => store.close()],
  ])("leaves the new database unchanged if it %s before it detects the change", async (_, work) => {
    const { store } = await opened();
    await append(store, "before", 200);
    const other = await backup();
    const whole = readFileSync(other);
    copyFileSync(other, path());
    await work(store);
    expect(readFileSync(path()).equals(whole)).toBe(true);
    await store.close();
    expect(readFileSync(path()).equals(whole)).toBe(true);
  });

  test("is unavailable until a valid database is at the path", async () => {
    const { store, outages } = await opened();
    // A new database has header and schema only.
    const emptySize = statSync(path()).size;
    await append(store, "before", 200);
    store.checkpoint();
    // Restarts the log: until then it still contains everything, and the database would be complete again.
    await append(store, "more");
    const other = await backup();
    truncateSync(path(), emptySize);
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    await expect
      .poll(() => outages, { timeout: 10_000 })
      .toEqual([expect.stringContaining("cut short"), expect.stringContaining("integrity_check")]);
    renameSync(other, path());
    for (const suffix of ["-wal", "-shm"]) rmSync(`${path()}${suffix}`, { force: true });
    await recovers(store);
    await store.close();
    expect(idsIn(path())).toEqual(["backup0"]);
  });
});

test.each([
  ["emptied", 0],
  ["cut short", 0.5],
])("a log that is %s within a transaction and then extended at its old end is detected", async (_, part) => {
  const { store } = await opened();
  await append(store, "before", 50);
  await store.close();
  const log = `${path()}-wal`;
  const connection = openConnection({ path: path(), busyTimeoutMs: 1000, autoCheckpoint: false });
  const { db, guard } = connection;
  const write = () => db.exec("UPDATE events SET id = id || 'x'");
  write();
  expect(guard.check(true)).toBeUndefined();
  const whole = statSync(log).size;
  db.exec("BEGIN IMMEDIATE");
  truncateSync(log, Math.floor(whole * part));
  write();
  db.exec("COMMIT");
  expect(statSync(log).size).toBeGreaterThan(whole);
  expect(guard.check(true)?.reason).toContain("was cut short");
  connection.abandon();
});

test.each<[string, (whole: number, longer: number) => number, string]>([
  ["emptied", () => 0, "was cut short"],
  ["cut short", (whole) => whole / 2, "was cut short"],
  ["cut short within the last commit", (whole, longer) => (whole + longer) / 2, "Reading"],
])(
  "a log that is %s after another connection committed is detected, and the store recovers",
  async (_, end, reason) => {
    const { store, outages } = await opened();
    await append(store, "before", 50);
    const whole = statSync(`${path()}-wal`).size;
    const other = new DatabaseSync(path());
    // The first page is near the end of the log, and the store has to read it again after this.
    other.exec("CREATE TABLE other (id); DROP TABLE other");
    truncateSync(`${path()}-wal`, Math.floor(end(whole, statSync(`${path()}-wal`).size)));
    await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
    other.close();
    await expect
      .poll(() => outages, { timeout: 15_000 })
      .toEqual([expect.stringContaining(reason), undefined]);
    expect(await append(store, "after")).toEqual(["stored"]);
    await store.close();
  },
);

test("a log that is removed while another connection copies it is saved", async () => {
  const store = await openSqliteStore({ path: path(), autoCheckpoint: false });
  await append(store, "before", 300);
  // The copy ends at what a reader still needs.
  const reader = new DatabaseSync(path(), { readOnly: true });
  reader.exec("BEGIN; SELECT count(*) FROM events");
  await append(store, "more", 300);
  const other = new DatabaseSync(path());
  other.exec("PRAGMA wal_checkpoint(PASSIVE)");
  other.close();
  rmSync(`${path()}-wal`);
  await expect(append(store, "lost")).rejects.toMatchObject(unavailable);
  reader.close();
  await recovers(store);
  await store.close();
  expect(idsIn(path())).toHaveLength(600);
});

test("a Checkpointer copies the log only if the database has the given fingerprint", async () => {
  const { store } = await opened();
  const { fingerprint } = store;
  await append(store, "a", 300);
  const size = statSync(path()).size;
  new Checkpointer(path()).run(`${fingerprint}0`);
  expect(statSync(path()).size).toBe(size);
  store.copying = true;
  new Checkpointer(path()).run(fingerprint);
  store.copying = false;
  expect(statSync(path()).size).toBeGreaterThan(size);
  expect(await append(store, "b")).toEqual(["stored"]);
  await store.close();
});
