import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { countLocks, listsLocks } from "@sessionhook/conformance/file-locks";
import { expect, test } from "vitest";
import { eventWith, useFolder } from "../../test/folder.js";
import { Checkpointer, openSqliteStore } from "../sqlite.js";

const inFolder = useFolder();
/** Returns the locks on the database and on the index of its log. */
const locks = (path: string): number[] => [path, `${path}-shm`].map((name) => countLocks(process.pid, name));

test.skipIf(!listsLocks)("stores that share a file in one process drop no lock of each other", async () => {
  const path = inFolder("events.db");
  const first = await openSqliteStore({ path });
  expect(locks(path)).toEqual([1, 1]);
  const second = await openSqliteStore({ path, autoCheckpoint: false });
  expect(locks(path)).toEqual([1, 1]);
  const checkpointer = new Checkpointer(path);
  checkpointer.run();
  await second.append([eventWith("evt_1")]);
  await second.checkWritable();
  expect(locks(path)).toEqual([1, 1]);
  await second.close();
  expect(locks(path)).toEqual([1, 1]);
  await first.close();
  expect(countLocks(process.pid, path)).toBe(0);
});

test.skipIf(!listsLocks)("a refusal to open drops no lock", async () => {
  const path = inFolder("events.db");
  const store = await openSqliteStore({ path });
  const other = new DatabaseSync(path);
  other.exec("PRAGMA user_version = 99");
  await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store_too_new" });
  other.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  await expect(openSqliteStore({ path })).rejects.toMatchObject({ code: "store_too_new" });
  expect(locks(path)).toEqual([1, 1]);
  other.close();
  await store.close();
});

test.skipIf(!listsLocks)("a thread that opens and closes the file drops no lock of this one", async () => {
  const path = inFolder("events.db");
  const store = await openSqliteStore({ path });
  const script = inFolder("thread.mjs");
  writeFileSync(
    script,
    `import { workerData } from "node:worker_threads";
     import { DatabaseSync } from "node:sqlite";
     for (const options of [{}, { readOnly: true }]) {
       const db = new DatabaseSync(workerData, options);
       db.prepare("SELECT count(*) FROM events").get();
       db.close();
     }`,
  );
  const [code] = (await once(new Worker(script, { workerData: path }), "exit")) as [number];
  expect(code).toBe(0);
  expect(locks(path)).toEqual([1, 1]);
  await store.close();
});
