import { mkdirSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { useFolder } from "../../test/folder.js";
import { backUpDatabase, lastBackupAt, openSqliteStore, recordBackup, restoreDatabase } from "../sqlite.js";
import { applicationId, migrations, migrationSql } from "./schema.js";

const inFolder = useFolder();
const at = 1_771_000_900_123;
const hour = 3_600_000;

async function database(): Promise<string> {
  const path = inFolder("events.db");
  await (await openSqliteStore({ path })).close();
  return path;
}

describe("the record of the last backup", () => {
  test("is an empty file beside the database, which is not written", async () => {
    const path = await database();
    expect(lastBackupAt(path)).toBeNull();
    const before = statSync(path, { bigint: true });
    recordBackup(path, at, at + 5);
    expect(lastBackupAt(path)).toBe(at);
    expect(statSync(path, { bigint: true })).toEqual(before);
    expect(statSync(`${path}-last-backup`)).toMatchObject({ size: 0, mode: 0o100600 });
    expect(readdirSync(inFolder(""))).toEqual(["events.db", "events.db-last-backup"]);
  });

  test("shows the backup that began last, whichever ends last, and does not keep a time in the future", async () => {
    const path = await database();
    recordBackup(path, at + hour, at + hour);
    recordBackup(path, at, at + 2 * hour);
    expect(lastBackupAt(path)).toBe(at + hour);
    recordBackup(path, at, at + 1);
    expect(lastBackupAt(path)).toBe(at);
  });

  test("is beside the file to which a symbolic link leads", async () => {
    mkdirSync(inFolder("data"));
    const path = await database();
    renameSync(path, inFolder("data/real.db"));
    symlinkSync("data/real.db", path);
    recordBackup(path, at, at);
    expect(lastBackupAt(inFolder("data/real.db"))).toBe(at);
    expect(lastBackupAt(path)).toBe(at);
  });

  test("belongs to the place: a restored database has it, a copy elsewhere and a new database do not", async () => {
    const path = await database();
    backUpDatabase({ from: path, to: inFolder("b.db") });
    recordBackup(path, at, at);
    expect(lastBackupAt(inFolder("b.db"))).toBeNull();
    await restoreDatabase({ from: inFolder("b.db"), to: path, aside: inFolder("old.db") });
    expect(lastBackupAt(path)).toBe(at);
    await (await openSqliteStore({ path })).close();
    expect(lastBackupAt(path)).toBe(at);
    rmSync(path);
    await database();
    expect(lastBackupAt(path)).toBeNull();
  });

  test("does not upgrade a database that an app of an older version has open", async () => {
    const path = inFolder("events.db");
    const app = new DatabaseSync(path);
    app.exec(
      `${migrationSql(migrations[0], app)} PRAGMA application_id = ${applicationId}; PRAGMA user_version = 1`,
    );
    app.exec("PRAGMA journal_mode = WAL");
    expect(backUpDatabase({ from: path, to: inFolder("b.db") })).toMatchObject({ schemaVersion: 1 });
    recordBackup(path, at, at);
    expect(lastBackupAt(path)).toBe(at);
    expect(app.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
    app.close();
  });

  test("is never the target of a backup", async () => {
    const path = await database();
    const to = `${path}-last-backup`;
    expect(() => backUpDatabase({ from: path, to, replace: true })).toThrow("choose another name");
    expect(lastBackupAt(path)).toBeNull();
  });
});
