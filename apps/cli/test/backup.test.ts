import { noIssues } from "@sessionhook/core";
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSqliteStore } from "@sessionhook/stores/sqlite";
import { describe, expect, it } from "vitest";
import { runCli, scratch } from "./run-cli.js";

async function filled(folder: string, count: number) {
  const path = join(folder, "data", "sessionhook.db");
  const store = await openSqliteStore({ path });
  await store.append(
    Array.from({ length: count }, (_, i) => ({
      id: `evt_${i}`,
      type: null,
      status: "quarantined" as const,
      ...noIssues,
      raw: new TextEncoder().encode("x"),
      receivedAt: 1,
      attemptTimestamp: 1,
      signature: "v1,x",
    })),
  );
  return { path, store };
}

describe("sessionhook backup and restore", () => {
  it("copy the database of an open store, and restore it after the store is closed", async () => {
    await using folder = await scratch();
    const setup = { cwd: folder.path };
    const { path, store } = await filled(folder.path, 3);
    const made = await runCli(["backup", "b.db", "--json"], setup);
    const file = join(folder.path, "b.db");
    expect(made).toMatchObject({ code: 0, stderr: "" });
    const { size, mode } = await stat(file);
    expect(JSON.parse(made.stdout)).toEqual({
      file,
      database: path,
      events: 3,
      bytes: size,
      schemaVersion: 11,
      recorded: true,
    });
    expect(mode & 0o777).toBe(0o600);

    const early = await runCli(["restore", "b.db", "--json"], setup);
    expect(early.code).toBe(1);
    expect(JSON.parse(early.stdout)).toEqual({
      error: { code: "store_unavailable", message: "The database is in use; stop the app first" },
    });
    await store.close();
    await chmod(path, 0o644);
    const done = await runCli(["restore", "b.db"], setup);
    expect(done).toMatchObject({ code: 0, stderr: "" });
    expect(done.stdout).toMatch(
      /sessionhook\.db: 3 events restored, checked\n.*before-restore-\d{8}T\d{6}Z: /,
    );
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const again = await openSqliteStore({ path });
    expect((await again.stats()).quarantined).toBe(3);
    await again.close();
  });

  it("creates the folder of a backup, for its owner alone", async () => {
    await using folder = await scratch();
    const { store } = await filled(folder.path, 1);
    await store.close();
    const made = await runCli(["backup", "backups/2026/b.db"], { cwd: folder.path });
    expect(made).toMatchObject({ code: 0, stderr: "" });
    for (const created of ["backups", "backups/2026"])
      expect((await stat(join(folder.path, created))).mode & 0o777).toBe(0o700);
    const ignored = await readFile(new URL("../../../.gitignore", import.meta.url), "utf8");
    expect(ignored.split("\n")).toContain("/backups/");
  });

  it("complete a backup whose time cannot be recorded, with a warning", async () => {
    await using folder = await scratch();
    const { path, store } = await filled(folder.path, 3);
    await store.close();
    // Also for root, for whom no folder is read-only.
    await mkdir(`${path}-last-backup`);
    const made = await runCli(["backup", "b.db", "--json"], { cwd: folder.path });
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ events: 3, recorded: false });
    expect(made.stderr).toMatch(
      /^sessionhook: the backup is complete, but its time cannot be recorded beside the database: .*\n$/,
    );
    const again = await runCli(["backup", "b.db", "--force"], { cwd: folder.path });
    expect(again).toMatchObject({ code: 0, stderr: made.stderr });
  });

  it("use the database of SESSIONHOOK_STORE, and replace an existing file only with --force", async () => {
    await using folder = await scratch();
    const { path, store } = await filled(folder.path, 1);
    await store.close();
    const setup = { cwd: folder.path, env: { SESSIONHOOK_STORE: `sqlite:${path}` } };
    const file = join(folder.path, "b.db");
    await writeFile(file, "precious");
    const existing = await runCli(["backup", file], setup);
    expect(existing).toMatchObject({ code: 2, stdout: "" });
    expect(existing.stderr).toContain("already exists");
    expect(await readFile(file, "utf8")).toBe("precious");
    expect(await runCli(["backup", file, "--force"], setup)).toMatchObject({ code: 0 });
    expect((await stat(file)).size).toBeGreaterThan(8);
  });

  it.each([
    [["backup"], {}, "usage"],
    [["backup", "b.db"], { SESSIONHOOK_STORE: "dynamodb:events" }, "SESSIONHOOK_STORE must be sqlite:<path>"],
    [["backup", "b.db"], { SESSIONHOOK_STORE: "sqlite:none.db" }, "There is no file"],
    [
      ["backup", "text.db/b.db"],
      { SESSIONHOOK_STORE: "sqlite:text.db" },
      "text.db cannot be created: a file has this name, or a parent of it (EEXIST",
    ],
    [["restore", "none.db"], {}, "There is no file"],
  ])("reject %j with %j as wrong usage: %s", async (args, env, message) => {
    await using folder = await scratch();
    await writeFile(join(folder.path, "text.db"), "text ".repeat(1000));
    const result = await runCli([...args, "--json"], { cwd: folder.path, env });
    expect(result.code).toBe(2);
    expect(result.stdout).toContain(message);
  });

  it("fail on a file that is not an event store, and leave no file", async () => {
    await using folder = await scratch();
    await writeFile(join(folder.path, "text.db"), "text ".repeat(1000));
    const setup = { cwd: folder.path, env: { SESSIONHOOK_STORE: "sqlite:text.db" } };
    const result = await runCli(["backup", "b.db", "--json"], setup);
    expect(result.code).toBe(1);
    expect(JSON.parse(result.stdout)).toMatchObject({ error: { code: "store_foreign" } });
    await expect(stat(join(folder.path, "b.db"))).rejects.toThrow("ENOENT");
  });
});
