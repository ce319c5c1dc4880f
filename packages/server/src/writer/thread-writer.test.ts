import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { StoreError, noIssues } from "@sessionhook/core";
import { type ReceivedMessage, describeError } from "@sessionhook/ingest";
import { openSqliteStore } from "@sessionhook/stores/sqlite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { packBatch, packResults, unpackBatch, unpackResults } from "./messages.js";
// The built one: a worker thread has no TypeScript loader.
import { Checkpoints } from "../../dist/writer/checkpoints.js";
import { ThreadWriter } from "../../dist/writer/thread-writer.js";

const folder = mkdtempSync(join(tmpdir(), "thread-writer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns the path of a new database: the writer opens one that its app has opened before. */
async function database(name: string): Promise<string> {
  const path = join(folder, name);
  await (await openSqliteStore({ path })).close();
  return path;
}

function message(id: string, body: string): ReceivedMessage {
  return {
    id,
    raw: new TextEncoder().encode(body),
    receivedAt: 1_739_571_908_123,
    attemptTimestamp: 1_739_571_908,
    signature: "v1,x",
  };
}

describe("messages between the threads", () => {
  it("unpack to what was packed", () => {
    const batch = [message("a", "{}"), message("b", ""), message("c", "Zoë \u0000")];
    expect(unpackBatch(structuredClone(packBatch(batch)))).toEqual(batch);
    const issues = [{ path: "a", message: "b" }];
    const results = [
      { outcome: "stored", status: "accepted", type: "t", ...noIssues },
      { outcome: "duplicate", status: "unrecognized", type: null, ...noIssues },
      { outcome: "conflict", status: "quarantined", type: null, ...noIssues },
      { outcome: "rejected", status: "quarantined", type: "t", issues, total: 315, exact: false },
    ] as const;
    expect(unpackResults(structuredClone(packResults(results)))).toEqual(results);
  });
});

describe("the writer in a thread", () => {
  it("writes batches in order, several at a time, and returns the result of each message", async () => {
    const path = await database("order.db");
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" });
    const [first, second] = await Promise.all([
      writer.write([message("a", '{"type":"x"}'), message("b", "no JSON")]),
      writer.write([message("a", '{"type":"x"}'), message("a", '{"type":"y"}')]),
    ]);
    expect(first).toMatchObject([
      { outcome: "stored", status: "unrecognized", type: "x" },
      { outcome: "stored", status: "quarantined", type: null },
    ]);
    expect(second.map(({ outcome }) => outcome)).toEqual(["duplicate", "conflict"]);
    await writer.close();
    const store = await openSqliteStore({ path });
    expect(await store.stats()).toMatchObject({
      unrecognized: 1,
      quarantined: 1,
      duplicates: 1,
      conflicts: 1,
    });
    await store.close();
  });

  it("rejects invalid bodies if configured to, with the issues", async () => {
    const writer = new ThreadWriter({ path: await database("reject.db"), onInvalid: "reject" });
    const results = await writer.write([message("a", "no JSON"), message("b", '{"type":"x"}')]);
    expect(results).toMatchObject([{ outcome: "rejected", issues: [{ path: "" }] }, { outcome: "stored" }]);
    await writer.close();
  });

  it("reports that nothing was stored when the store cannot be opened, and why", async () => {
    const path = join(folder, "foreign.db");
    writeFileSync(path, "not a database ".repeat(1000));
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" });
    const error: unknown = await writer.write([message("a", "{}")]).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({
      code: "store_unavailable",
      message: expect.stringContaining("not a Sessionhook"),
    });
    expect(describeError((error as Error).cause)).toEqual({
      error: "Error",
      code: "ERR_SQLITE_ERROR",
      stack: expect.arrayContaining([expect.stringContaining("database.js")]),
    });
    await writer.close();
  });

  it("checks whether the store is writable without delaying messages", async () => {
    const path = await database("check.db");
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" });
    await writer.checkWritable();
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    let turns = 0;
    const turning = setInterval(() => turns++, 5);
    const locked = { code: "store_unavailable", message: "The database is locked by another process" };
    await expect(writer.checkWritable()).rejects.toMatchObject(locked);
    clearInterval(turning);
    // The thread waits a second for the lock; this one would not turn once were it to wait itself.
    expect(turns).toBeGreaterThan(3);
    other.exec("ROLLBACK");
    other.close();
    const results = Array.from({ length: 200 }, (_, i) => writer.write([message(`${i}`, '{"type":"x"}')]));
    const checked = Array.from({ length: 5 }, () => writer.checkWritable());
    expect((await Promise.all(results)).flat().every(({ outcome }) => outcome === "stored")).toBe(true);
    expect(await Promise.all(checked)).toHaveLength(5);
    expect(await writer.write([message("0", '{"type":"x"}')])).toMatchObject([{ outcome: "duplicate" }]);
    await writer.close();
  });

  it("has the write-ahead log copied while it goes on writing", async () => {
    const path = await database("log.db");
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" });
    const body = JSON.stringify({ type: "x", filling: "y".repeat(20_000) });
    let largest = 0;
    for (let round = 0; round < 160; round++) {
      await writer.write(Array.from({ length: 50 }, (_, i) => message(`${round}-${i}`, body)));
      largest = Math.max(largest, statSync(`${path}-wal`).size);
    }
    await writer.close();
    // 160 MB were written; how far the copying lags behind depends on the machine.
    expect(largest).toBeGreaterThan(1_000_000);
    expect(largest).toBeLessThan(100_000_000);
    const store = await openSqliteStore({ path });
    expect((await store.stats()).unrecognized).toBe(8000);
    await store.close();
  });

  it("has all of the log copied by another thread", async () => {
    const path = join(folder, "copied.db");
    const store = await openSqliteStore({ path, autoCheckpoint: false });
    const raw = new Uint8Array(1_000_000);
    for (let i = 0; i < 20; i++) {
      const event = { ...message(`${i}`, ""), raw, type: null, status: "unrecognized", ...noIssues } as const;
      await store.append([event]);
    }
    expect(statSync(path).size).toBeLessThan(1_000_000);
    const failures: (string | undefined)[] = [];
    const checkpoints = new Checkpoints(path, (failure) => failures.push(failure));
    const size = await new Promise<number>((resolve) => {
      const checkpoint = () => resolve(statSync(path).size);
      checkpoints.committed({
        pagesToCheckpoint: () => 5000,
        checkpoint,
        fingerprint: undefined,
        copying: false,
      });
    });
    expect(size).toBeGreaterThan(20_000_000);
    expect(failures).toEqual([undefined]);
    await checkpoints.close();
    await store.close();
  });

  it("fails what a dying thread held, and goes on with a new one", async () => {
    const threads: Worker[] = [];
    const post = Worker.prototype.postMessage;
    const spy = vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (
      this: Worker,
      ...args
    ) {
      threads.push(this);
      post.apply(this, args);
      // At once: it has not even opened the store yet.
      if (threads.length === 1) void this.terminate();
    });
    const writer = new ThreadWriter({
      path: await database("death.db"),
      onInvalid: "quarantine",
    });
    const held = Promise.allSettled([writer.write([message("a", "{}")]), writer.write([message("b", "{}")])]);
    const asked = writer.checkWritable();
    await expect(asked).rejects.toMatchObject({ code: "store_unavailable" });
    for (const result of await held) expect(result).toMatchObject({ reason: { code: "store_unavailable" } });
    expect(await writer.write([message("a", "{}")])).toMatchObject([{ outcome: "stored" }]);
    expect(new Set(threads).size).toBe(2);
    spy.mockRestore();
    await writer.close();
  });
});

/** Opens a database whose lock another connection has: the thread waits a second for it, in a call of the system. */
async function locked(name: string) {
  const path = await database(name);
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  return { path, unlock: () => other.close() };
}

describe("closing the writer", () => {
  it("waits for what the thread still writes", async () => {
    const path = await database("closing.db");
    // A busy machine takes longer than a stop may.
    const times = { graceMs: 60_000, endMs: 10_000 };
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" }, undefined, times);
    const written = Array.from({ length: 100 }, (_, i) => writer.write([message(`${i}`, "{}")]));
    await writer.close();
    await writer.close();
    for (const [result] of await Promise.all(written)) expect(result).toMatchObject({ outcome: "stored" });
    await expect(writer.write([message("late", "{}")])).rejects.toMatchObject({
      code: "store_unavailable",
      message: "The app is stopping",
    });
  });

  it("ends a thread that does not finish in time, and fails its batches", async () => {
    const { path, unlock } = await locked("late.db");
    const times = { graceMs: 500, endMs: 10_000 };
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" }, undefined, times);
    // It also waits when it opens the database, and for each of these.
    const checked = Promise.allSettled(Array.from({ length: 60 }, () => writer.checkWritable()));
    await writer.close();
    for (const result of await checked)
      expect(result).toMatchObject({ status: "rejected", reason: { code: "store_unavailable" } });
    unlock();
  });

  it("gives up a thread that does not end", async () => {
    const { path, unlock } = await locked("stuck.db");
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" }, undefined, { graceMs: 500, endMs: 0 });
    const checked = Promise.allSettled(Array.from({ length: 60 }, () => writer.checkWritable()));
    await expect(writer.close()).rejects.toMatchObject({ name: "StuckThread", thread: "writing" });
    for (const result of await checked) expect(result).toMatchObject({ status: "rejected" });
    unlock();
  });

  it("does not fail when the thread fails meanwhile", async () => {
    const threads: Worker[] = [];
    const post = Worker.prototype.postMessage;
    const spy = vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (
      this: Worker,
      ...args
    ) {
      threads.push(this);
      post.apply(this, args);
    });
    const path = await database("failing.db");
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" });
    const closed = writer.close();
    threads[0]?.emit("error", new Error("x"));
    expect(await closed).toBeUndefined();
    spy.mockRestore();
  });
});

const mount = process.getuid?.() === 0 && process.platform === "linux";

describe.skipIf(!mount)(`on a full disk${mount ? "" : " (needs root to mount one)"}`, () => {
  const records: LogRecord[] = [];
  const disk = join(folder, "disk");
  beforeAll(async () => {
    mkdirSync(disk);
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", disk]);
    await configure({
      sinks: { records: (record) => void records.push(record) },
      loggers: [
        { category: "sessionhook", sinks: ["records"] },
        { category: ["logtape", "meta"], sinks: [] },
      ],
    });
  });
  afterAll(async () => {
    await reset();
    execFileSync("umount", ["--lazy", disk]);
  });

  it("the writer logs that the log cannot be copied, and that it can be again", async () => {
    const path = await database(join("disk", "full.db"));
    const writer = new ThreadWriter({ path, onInvalid: "quarantine" });
    const body = "x".repeat(100_000);
    let count = 0;
    const write = () => writer.write([message(`${count++}`, body)]).catch(() => undefined);
    for (let i = 0; i < 400 && records.length === 0; i++) await write();
    for (let i = 0; i < 20; i++) await write();
    expect(records.map(({ level, properties }) => [level, properties["reason"]])).toEqual([
      ["error", "The disk is full"],
    ]);
    execFileSync("mount", ["-o", "remount,size=500m", disk]);
    for (let i = 0; i < 400 && records.length === 1; i++) await write();
    await vi.waitFor(() => expect(records.map(({ level }) => level)).toEqual(["error", "info"]));
    await writer.close();
  });
});
