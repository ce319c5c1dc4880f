import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { StoreError } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { eventWith, useFolder } from "../../test/folder.js";
import { openSqliteStore } from "../sqlite.js";

const inFolder = useFolder();
const mode = (path: string): number => statSync(path).mode & 0o777;

/** Makes a database with `sql` and closes it, so that everything is in the one file. */
function database(name: string, sql: string): string {
  const path = inFolder(name);
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
  return path;
}

/** Returns the error of opening, and whether the file, its log and its journal are unchanged. */
async function refusal(path: string): Promise<unknown> {
  // Inspecting a file with a log may leave an index and an empty log beside it; neither can change the file later.
  const contents = () =>
    ["", "-wal", "-journal"].map((suffix) =>
      existsSync(path + suffix) ? readFileSync(path + suffix, "latin1") : "",
    );
  const before = contents();
  const error: unknown = await openSqliteStore({ path }).catch((error: unknown) => error);
  const untouched = isDeepStrictEqual(contents(), before);
  return StoreError.isInstance(error) ? { code: error.code, untouched } : error;
}

describe("the file of a store", () => {
  test.skipIf(process.platform === "win32")(
    "is its owner's alone, and so are the files beside it",
    async () => {
      const path = inFolder("a/b/events.db");
      const umask = process.umask(0);
      try {
        const store = await openSqliteStore({ path });
        await store.append([eventWith("evt_1")]);
        for (const folder of ["a", "a/b"]) expect(mode(inFolder(folder))).toBe(0o700);
        for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(mode(file)).toBe(0o600);
        await store.close();
      } finally {
        process.umask(umask);
      }
    },
  );

  test("cannot be at the path of a folder, or below a file", async () => {
    const file = inFolder("file");
    writeFileSync(file, "text");
    for (const [path, message] of [
      [dirname(file), "The path of the database is a folder"],
      [`${file}/events.db`, "A parent of the database path is a file, not a folder"],
    ] as const) {
      const refused = { code: "store_unavailable", message };
      await expect(openSqliteStore({ path })).rejects.toMatchObject(refused);
    }
  });

  test.skipIf(process.platform === "win32")(
    "becomes its owner's alone when it was restored with another mode, and its log with it",
    async () => {
      const path = inFolder("events.db");
      await (await openSqliteStore({ path })).close();
      chmodSync(path, 0o644);
      const warnings: string[] = [];
      const store = await openSqliteStore({ path, onWarning: (text) => warnings.push(text) });
      for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(mode(file)).toBe(0o600);
      expect(warnings).toEqual([]);
      await store.close();
    },
  );

  test("is complete from the moment it exists, and no other file remains", async () => {
    const path = inFolder("events.db");
    const store = await openSqliteStore({ path });
    expect(readdirSync(inFolder("")).toSorted()).toEqual(["events.db", "events.db-shm", "events.db-wal"]);
    // Nothing has been written through this connection: what is in the file was there when it got its name.
    expect(statSync(`${path}-wal`).size).toBe(0);
    expect(statSync(path).size).toBeGreaterThan(4096);
    await store.close();
  });

  test("is one file after close", async () => {
    const store = await openSqliteStore({ path: inFolder("events.db") });
    await store.append([eventWith("evt_1")]);
    await store.close();
    expect(readdirSync(inFolder(""))).toEqual(["events.db"]);
  });

  test("may exist and be empty", async () => {
    writeFileSync(inFolder("events.db"), "");
    const store = await openSqliteStore({ path: inFolder("events.db") });
    expect(await store.append([eventWith("evt_1")])).toEqual(["stored"]);
    await store.close();
  });

  test.each([":memory:", "file:x?mode=memory", "we ird'\"name%.db", "日本.db"])(
    "has a name that means nothing but itself: %s",
    async (name) => {
      const folder = process.cwd();
      process.chdir(inFolder(""));
      try {
        const store = await openSqliteStore({ path: name });
        await store.append([eventWith("evt_1")]);
        await store.close();
        expect(existsSync(inFolder(name))).toBe(true);
      } finally {
        process.chdir(folder);
      }
    },
  );
});

describe("a file that is not a store", () => {
  test.each([
    ["text", "Not a database, and not to be overwritten.\n".repeat(10)],
    ["a few bytes", "SQLite"],
    ["the beginning of a database", "SQLite format 3\0"],
    ["zero bytes", "\0".repeat(4096)],
  ])("is refused and left as it is: %s", async (_, content) => {
    writeFileSync(inFolder("events.db"), content, "latin1");
    expect(await refusal(inFolder("events.db"))).toEqual({ code: "store_foreign", untouched: true });
  });

  test.each([
    ["another application's tables", "CREATE TABLE events (id TEXT); INSERT INTO events VALUES ('x')"],
    ["another application's id", "PRAGMA application_id = 123; CREATE TABLE t (x)"],
    ["another application's log", "PRAGMA journal_mode = WAL; CREATE TABLE t (x)"],
  ])("is refused and left as it is: %s", async (_, sql) => {
    expect(await refusal(database("events.db", sql))).toEqual({ code: "store_foreign", untouched: true });
  });

  test("is rejected without a checkpoint of its log", async () => {
    const path = inFolder("events.db");
    const db = new DatabaseSync(inFolder("alive.db"));
    db.exec("PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    // The state after a crash of that application.
    for (const part of ["", "-wal"]) copyFileSync(inFolder(`alive.db${part}`), `${path}${part}`);
    db.close();
    expect(readFileSync(`${path}-wal`).byteLength).toBeGreaterThan(4096);
    expect(await refusal(path)).toEqual({ code: "store_foreign", untouched: true });
  });

  test("is rejected without rolling back the journal of a crash", async () => {
    const path = inFolder("events.db");
    const db = new DatabaseSync(inFolder("alive.db"));
    db.exec("PRAGMA cache_size = 2; CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(100000)); BEGIN");
    db.exec("UPDATE t SET x = randomblob(100000)");
    for (const part of ["", "-journal"]) copyFileSync(inFolder(`alive.db${part}`), `${path}${part}`);
    db.exec("ROLLBACK");
    db.close();
    const journal = readFileSync(`${path}-journal`);
    expect(journal.some((byte) => byte !== 0)).toBe(true);
    expect(await refusal(path)).toEqual({ code: "store_foreign", untouched: true });
  });

  test("is rejected although its header has our application id", async () => {
    for (const [index, sql] of [
      "CREATE TABLE other (x)",
      "CREATE TABLE events (x); PRAGMA user_version = 1",
    ].entries()) {
      const path = database(`${index}.db`, `PRAGMA application_id = ${0x53484b31}; ${sql}`);
      await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store_foreign" });
    }
  });

  test("is rejected when it is damaged", async () => {
    const path = inFolder("events.db");
    await (await openSqliteStore({ path })).close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0x55, 100));
    await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store_foreign" });
  });
});

describe("a store after a crash", () => {
  /** A log that contains everything, and the database before and after the checkpoint. */
  async function crashed(): Promise<{ path: string; before: Buffer; after: Buffer; log: Buffer }> {
    const path = inFolder("events.db");
    const store = await openSqliteStore({ path, autoCheckpoint: false });
    const before = readFileSync(path);
    for (let i = 0; i < 60; i++) await store.append([eventWith(`evt_${i}`, { raw: new Uint8Array(3000) })]);
    const log = readFileSync(`${path}-wal`);
    await store.close();
    return { path, before, after: readFileSync(path), log };
  }

  const countOf = async (path: string): Promise<number> => {
    const store = await openSqliteStore({ path });
    const { accepted } = await store.stats();
    await store.close();
    return accepted;
  };

  test("is complete although its log was copied half-way, and the file is shorter than its header states", async () => {
    const { path, before, after, log } = await crashed();
    writeFileSync(path, after.subarray(0, before.byteLength));
    writeFileSync(`${path}-wal`, log);
    expect(await countOf(path)).toBe(60);
  });

  test("of a newer version is rejected, with its log unchanged", async () => {
    const { path, before } = await crashed();
    writeFileSync(path, before);
    const db = new DatabaseSync(path);
    db.exec("PRAGMA user_version = 99");
    const log = readFileSync(`${path}-wal`);
    copyFileSync(path, inFolder("newer.db"));
    db.close();
    writeFileSync(inFolder("newer.db-wal"), log);
    expect(await refusal(inFolder("newer.db"))).toEqual({ code: "store_too_new", untouched: true });
  });

  test.each(["missing", "empty"])(
    "is refused with its log as it was when the database is %s",
    async (how) => {
      const { path, log } = await crashed();
      if (how === "empty") writeFileSync(path, "");
      else rmSync(path);
      writeFileSync(`${path}-wal`, log);
      expect(await refusal(path)).toEqual({ code: "store_foreign", untouched: true });
      rmSync(`${path}-wal`);
      expect(await countOf(path)).toBe(0);
    },
  );
});

describe("a store of a newer version", () => {
  test("is rejected and unchanged", async () => {
    const path = inFolder("events.db");
    const store = await openSqliteStore({ path });
    await store.append([eventWith("evt_1")]);
    await store.close();
    const db = new DatabaseSync(path);
    db.exec("PRAGMA user_version = 99");
    db.close();
    expect(await refusal(path)).toEqual({ code: "store_too_new", untouched: true });
  });

  test("is rejected when only the log shows it", async () => {
    const path = inFolder("events.db");
    await (await openSqliteStore({ path })).close();
    const db = new DatabaseSync(path);
    db.exec("PRAGMA user_version = 99");
    expect(await refusal(path)).toEqual({ code: "store_too_new", untouched: true });
    db.close();
  });

  test("is rejected and unchanged if it is damaged behind an intact header", async () => {
    const path = inFolder("events.db");
    const store = await openSqliteStore({ path });
    await store.append(Array.from({ length: 200 }, (_, i) => eventWith(`evt_${i}`)));
    await store.close();
    const good = readFileSync(path);
    const page = good.readUInt16BE(16);
    const db = new DatabaseSync(path, { readOnly: true });
    const root = Number(
      db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_id'").get()?.["rootpage"],
    );
    db.close();
    for (const suffix of ["-wal", "-shm"]) rmSync(`${path}${suffix}`, { force: true });
    const damages = [
      good.subarray(0, 5 * page),
      Buffer.from(good).fill(0, page * (root - 1) + 8, page * root),
    ];
    for (const bytes of damages) {
      writeFileSync(path, bytes);
      await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store_foreign" });
      expect(readFileSync(path).equals(bytes)).toBe(true);
      expect(existsSync(`${path}-wal`) ? statSync(`${path}-wal`).size : 0).toBe(0);
    }
    writeFileSync(path, good);
    await (await openSqliteStore({ path })).close();
  });
});

describe("a place where no file can be", () => {
  test("is store_unavailable", async () => {
    mkdirSync(inFolder("folder"));
    writeFileSync(inFolder("file"), "");
    for (const path of [inFolder("folder"), inFolder("file/events.db"), "", inFolder("x".repeat(300))]) {
      const opened = openSqliteStore({ path });
      await expect(opened).rejects.toSatisfy((error) => StoreError.isInstance(error));
      await expect(opened).rejects.toMatchObject({ code: "store_unavailable" });
    }
  });
});
