import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { countLocks, listsLocks } from "@sessionhook/conformance/file-locks";
import { describe, expect, test } from "vitest";
import { eventWith, useFolder } from "../../test/folder.js";
import { backUpDatabase, openSqliteStore } from "../sqlite.js";
import { latestVersion } from "./schema.js";

const inFolder = useFolder();
const events = (count: number) =>
  Array.from({ length: count }, (_, i) => eventWith(`evt_${i}`, { raw: new Uint8Array(i * 100) }));

describe("a backup", () => {
  test("contains the events stored before it, readable by the owner only, while the store continues", async () => {
    const [from, to] = [inFolder("events.db"), inFolder("it's a backup.db")];
    const store = await openSqliteStore({ path: from });
    await store.append(events(50));
    await store.append([eventWith("evt_1", { raw: new Uint8Array(5) }), eventWith("evt_0")]);
    const copy = backUpDatabase({ from, to });
    expect(copy).toEqual({ events: 52, bytes: statSync(to).size, schemaVersion: latestVersion });
    expect(statSync(to).mode & 0o777).toBe(0o600);
    if (listsLocks) expect(countLocks(process.pid, from)).toBe(1);
    await store.append([eventWith("evt_later")]);
    const restored = await openSqliteStore({ path: to });
    expect(await restored.stats()).toEqual({ ...(await store.stats()), accepted: 50 });
    expect(await restored.get("evt_49")).toEqual(await store.get("evt_49"));
    expect(await restored.get("evt_later")).toBeUndefined();
    await restored.close();
    await store.close();
    expect(readdirSync(inFolder("")).toSorted()).toEqual(["events.db", "it's a backup.db"]);
  });

  test("of a database that no app has open contains the events that a crash left in the log", async () => {
    const from = inFolder("crashed.db");
    const store = await openSqliteStore({ path: inFolder("alive.db") });
    await store.append(events(10));
    for (const suffix of ["", "-wal"]) copyFileSync(inFolder(`alive.db${suffix}`), from + suffix);
    await store.close();
    expect(backUpDatabase({ from, to: inFolder("b.db") }).events).toBe(10);
  });

  test("replaces a file only on request, and never a database that is in use", async () => {
    const [from, to] = [inFolder("events.db"), inFolder("b.db")];
    const store = await openSqliteStore({ path: from });
    writeFileSync(to, "precious");
    expect(() => backUpDatabase({ from, to })).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(statSync(to).size).toBe(8);
    expect(backUpDatabase({ from, to, replace: true }).events).toBe(0);
    const inUse = expect.objectContaining({ code: "store_unavailable" });
    const other = await openSqliteStore({ path: inFolder("other.db") });
    for (const target of [from, `${from}-wal`, `${from}-shm`, inFolder("other.db")])
      expect(() => backUpDatabase({ from, to: target, replace: true })).toThrow(inUse);
    await store.append([eventWith("evt_1")]);
    for (const opened of [store, other]) await opened.close();
    const again = await openSqliteStore({ path: from });
    expect((await again.stats()).accepted).toBe(1);
    await again.close();
  });

  test("is never written where SQLite would take it for a part of a database, also if nothing is there", async () => {
    const from = inFolder("events.db");
    await (await openSqliteStore({ path: from })).close();
    for (const suffix of ["-wal", "-shm", "-journal"])
      expect(() => backUpDatabase({ from, to: from + suffix })).toThrow(
        expect.objectContaining({ code: "store_unavailable" }),
      );
    expect(readdirSync(inFolder(""))).toEqual(["events.db"]);
  });

  test("replaces regular files only, and no name that is a link to nothing", async () => {
    const [from, link, folder] = [inFolder("events.db"), inFolder("link"), inFolder("folder")];
    await (await openSqliteStore({ path: from })).close();
    symlinkSync("nothing", link);
    expect(() => backUpDatabase({ from, to: link })).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(readlinkSync(link)).toBe("nothing");
    mkdirSync(folder);
    const onto = () => backUpDatabase({ from, to: folder, replace: true });
    expect(onto).toThrow("not a regular file");
    const left = readdirSync(inFolder("")).filter((name) => !/-(wal|shm)$/.test(name));
    expect(left.toSorted()).toEqual(["events.db", "folder", "link"]);
  });

  test("of a database beside the journal of an interrupted program names the reason", async () => {
    const from = inFolder("events.db");
    const store = await openSqliteStore({ path: from });
    await store.append(events(50));
    await store.close();
    const db = new DatabaseSync(from);
    db.exec(
      "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; BEGIN; UPDATE received SET raw = zeroblob(9000)",
    );
    for (const suffix of ["", "-journal"]) copyFileSync(from + suffix, inFolder(`copy.db${suffix}`));
    db.close();
    expect(() => backUpDatabase({ from: inFolder("copy.db"), to: inFolder("b.db") })).toThrow(
      "Another program was interrupted",
    );
  });

  test("is rejected for a file that is not an event store or is damaged, and leaves no file", async () => {
    const from = inFolder("events.db");
    const store = await openSqliteStore({ path: from });
    await store.append(events(50));
    await store.close();
    copyFileSync(from, inFolder("missing-body.db"));
    const db = new DatabaseSync(inFolder("missing-body.db"));
    db.exec("DELETE FROM received WHERE seq = 7");
    db.close();
    const other = new DatabaseSync(inFolder("other.db"));
    other.exec("CREATE TABLE t (x)");
    other.close();
    writeFileSync(inFolder("text.db"), "text ".repeat(1000));
    writeFileSync(inFolder("empty.db"), "");
    const names = readdirSync(inFolder("")).length;
    for (const name of ["missing-body.db", "other.db", "text.db", "empty.db"])
      expect(() => backUpDatabase({ from: inFolder(name), to: inFolder("b.db") })).toThrow(
        expect.objectContaining({ code: "store_foreign" }),
      );
    expect(() => backUpDatabase({ from: inFolder("none.db"), to: inFolder("b.db") })).toThrow(
      "There is no such database",
    );
    // Looking at a database with a log leaves an empty log and its index beside it.
    const left = readdirSync(inFolder("")).filter((name) => !/-(wal|shm)$/.test(name));
    expect(left).toHaveLength(names);
  });
});
