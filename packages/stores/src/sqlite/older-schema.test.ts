import { readdirSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { eventWith, useFolder } from "../../test/folder.js";
import { createOlderDatabase } from "../../test/older-database.js";
import { openFactStore, openPrivacyStore } from "../index.js";
import { backUpDatabase, openSqliteStore, restoreDatabase } from "../sqlite.js";
import { openSqlitePrivacyStore } from "../sqlite-privacy.js";
import { latestVersion } from "./schema.js";

const inFolder = useFolder();

function versionAt(path: string): unknown {
  const db = new DatabaseSync(path, { readOnly: true });
  const row = db.prepare("PRAGMA user_version").get();
  db.close();
  return row?.["user_version"];
}

const contents = () =>
  readdirSync(inFolder(""))
    .filter((name) => !name.endsWith("-shm"))
    .map((name) => [name, readFileSync(inFolder(name), "latin1")]);

test.each([2, 5, 8])(
  "a database with schema %i is refused unchanged where it must not be upgraded",
  async (version) => {
    const path = inFolder("events.db");
    createOlderDatabase(path, version);
    // A server that is running: what only the log has remains there.
    const server = new DatabaseSync(path);
    server.exec("UPDATE events SET duplicates = 1");
    const before = contents();
    const address = { scheme: "sqlite", path } as const;
    const refused = {
      code: "store_too_old",
      message: expect.stringContaining(
        `schema version ${version}, and this version of Sessionhook needs ${latestVersion}`,
      ),
    };
    await expect(openFactStore(address, undefined, { upgrade: false })).rejects.toMatchObject(refused);
    await expect(openPrivacyStore(address, undefined, { upgrade: false })).rejects.toMatchObject(refused);
    expect(contents()).toEqual(before);
    server.close();
    await (await openSqliteStore({ path })).close();
    expect(versionAt(path)).toBe(latestVersion);
    await (await openSqlitePrivacyStore({ path, upgrade: false })).close();
  },
);

test("nothing is created where nothing may be upgraded", async () => {
  const path = inFolder("events.db");
  const opened = openFactStore({ scheme: "sqlite", path }, undefined, { upgrade: false });
  await expect(opened).rejects.toMatchObject({ code: "store_unavailable" });
  expect(contents()).toEqual([]);
});

test("a restored database has the schema of the backup, so that the older version can open it", async () => {
  const [to, from, aside] = [inFolder("events.db"), inFolder("b.db"), inFolder("old.db")];
  createOlderDatabase(to, 5);
  backUpDatabase({ from: to, to: from });
  await (await openSqliteStore({ path: to })).close();
  expect(await restoreDatabase({ from, to, aside })).toMatchObject({
    events: 1,
    schemaVersion: 5,
    backupSchemaVersion: 5,
    erased: 0,
  });
  expect(readdirSync(inFolder("")).toSorted()).toEqual(["b.db", "events.db", "old.db"]);
  expect([versionAt(to), versionAt(aside)]).toEqual([5, latestVersion]);
  const store = await openSqliteStore({ path: to });
  expect(await store.get("evt_old")).toMatchObject({ status: "quarantined" });
  await store.close();
});

test("a restored database is upgraded where events were erased after the backup", async () => {
  const [to, from, aside] = [inFolder("events.db"), inFolder("b.db"), inFolder("old.db")];
  createOlderDatabase(to, 2);
  backUpDatabase({ from: to, to: from });
  const store = await openSqliteStore({ path: to });
  await store.append([eventWith("jane", { raw: new TextEncoder().encode('{"a":"jane.doe@example.com"}') })]);
  await store.close();
  const privacy = await openSqlitePrivacyStore({ path: to });
  await privacy.erase({ email: "jane.doe@example.com" }, 7);
  await privacy.close();
  expect(await restoreDatabase({ from, to, aside })).toMatchObject({
    events: 1,
    schemaVersion: latestVersion,
    backupSchemaVersion: 2,
    erased: 0,
  });
  expect(versionAt(to)).toBe(latestVersion);
});
