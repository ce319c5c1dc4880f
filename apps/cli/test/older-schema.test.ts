import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { createOlderDatabase } from "../../../packages/stores/test/older-database.js";
import { runCli, scratch } from "./run-cli.js";

async function withOlderDatabase() {
  const folder = await scratch();
  const path = join(folder.path, "data", "sessionhook.db");
  await mkdir(join(folder.path, "data"));
  createOlderDatabase(path, 5);
  const version = () => {
    const db = new DatabaseSync(path, { readOnly: true });
    const row = db.prepare("PRAGMA user_version").get();
    db.close();
    return row?.["user_version"];
  };
  return { ...folder, cwd: folder.path, version };
}

const message =
  /^The database has schema version 5, and this version of Sessionhook needs \d+: start its server first, .* or use the command line of the version that runs$/;

it.each([
  "derive status",
  "derive rebuild",
  "privacy export --email a@example.com",
  "privacy erase --email a@example.com --yes",
])("%s does not upgrade a database that an older version may be serving", async (command) => {
  await using folder = await withOlderDatabase();
  const { code, stdout } = await runCli([...command.split(" "), "--json"], { cwd: folder.cwd });
  expect([code, JSON.parse(stdout)]).toEqual([
    1,
    { error: { code: "store_too_old", message: expect.stringMatching(message) } },
  ]);
  expect(folder.version()).toBe(5);
});

it("restore leaves the schema of a backup of an older version, and names an upgrade", async () => {
  await using folder = await withOlderDatabase();
  const { cwd } = folder;
  expect(await runCli(["backup", "b.db"], { cwd })).toMatchObject({ code: 0 });
  const restored = await runCli(["restore", "b.db", "--json"], { cwd });
  const { previous } = JSON.parse(restored.stdout) as { previous: string };
  // Its name has the time in seconds.
  await rm(previous);
  expect(JSON.parse(restored.stdout)).toMatchObject({ schemaVersion: 5, backupSchemaVersion: 5, erased: 0 });
  expect(folder.version()).toBe(5);

  const db = new DatabaseSync(join(cwd, "data", "sessionhook.db"));
  // The database of a version that could erase.
  db.exec("DROP TABLE IF EXISTS tombstones; CREATE TABLE tombstones (id, seq, left_at, reason)");
  db.exec("INSERT INTO tombstones VALUES ('evt_old', 1, 1, 'erased')");
  db.close();
  const upgraded = await runCli(["restore", "b.db"], { cwd });
  expect(upgraded).toMatchObject({ code: 0, stderr: "" });
  expect(upgraded.stdout).toMatch(/^schema upgraded 5 → \d+: an older version cannot open it$/m);
  expect(folder.version()).toBeGreaterThan(5);
});
