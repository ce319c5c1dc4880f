import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type NewEvent, noIssues } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "@sessionhook/stores/sqlite";
import { recordsOfStored } from "@sessionhook/core/derive";
import { describe, expect, it } from "vitest";
import { onTerminal } from "./on-terminal.js";
import { runCli, scratch } from "./run-cli.js";

const now = Date.UTC(2026, 2, 1);

/** A folder with a database of finalized sessions from before the first router. */
async function filled(count: number) {
  const folder = await scratch();
  await mkdir(join(folder.path, "data"));
  const path = join(folder.path, "data", "sessionhook.db");
  const simulator = createSimulator({ seed: 3, now });
  const encoder = new TextEncoder();
  const store = await openSqliteStore({ path });
  for (let stored = 0; stored < count; stored += 500) {
    const events = Array.from({ length: Math.min(500, count - stored) }, (): NewEvent => {
      const { id, type, body } = simulator.next("identity.session.finalized");
      return {
        id,
        type,
        status: "accepted",
        ...noIssues,
        raw: encoder.encode(body),
        receivedAt: now,
        attemptTimestamp: now / 1000,
        signature: "v1,c2lnbmF0dXJl",
      };
    });
    await store.append(events);
  }
  await store.close();
  const deliveries = await openSqliteDeliveryStore({ path });
  await deliveries.register([], now);
  await deliveries.close();
  const sessions = async () => {
    const facts = await openSqliteFactStore({ path });
    const status = await facts.status();
    await facts.close();
    return status.sessions;
  };
  return { ...folder, cwd: folder.path, sessions };
}

describe("sessionhook derive", () => {
  it("rebuilds the tables from the event log, and shows their state", { timeout: 60_000 }, async () => {
    await using folder = await filled(700);
    const { cwd } = folder;
    const before = await runCli(["derive", "status"], { cwd });
    expect(before).toMatchObject({ code: 0, stderr: "" });
    expect(before.stdout).toMatch(/^sessions +0$/m);
    expect(before.stdout).toContain("sessionhook derive rebuild");
    expect(await runCli(["derive", "rebuild"], { cwd })).toEqual({
      code: 0,
      stdout: "derived from 700 events\n",
      stderr: "",
    });
    const after = JSON.parse((await runCli(["derive", "status", "--json"], { cwd })).stdout) as object;
    expect(after).toMatchObject({ sessions: await folder.sessions(), rebuild: null, incomplete: false });
    expect(await folder.sessions()).toBeGreaterThan(600);
    const again = await runCli(["derive", "rebuild", "--json"], { cwd });
    expect(JSON.parse(again.stdout)).toMatchObject({ read: 700, total: 700, done: true });
  });

  it("continues a rebuild that Ctrl-C has interrupted", { timeout: 60_000 }, async () => {
    await using folder = await filled(8000);
    const { cwd } = folder;
    const interrupted = await runCli(["derive", "rebuild"], {
      cwd,
      onStart: (interrupt) => {
        const wait = async () => {
          while ((await unfinished(cwd)) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
          interrupt();
        };
        void wait();
      },
    });
    expect(interrupted).toMatchObject({ code: 1, stderr: "" });
    const [, read] =
      /^interrupted after (\d+) of 8000 events; run it again to continue\n$/.exec(interrupted.stdout) ?? [];
    expect(Number(read)).toBeGreaterThan(0);
    expect((await runCli(["derive", "status"], { cwd })).stdout).toContain(
      `${read} of 8000 events, unfinished`,
    );
    expect(await folder.sessions()).toBe(0);
    expect(await runCli(["derive", "rebuild"], { cwd })).toMatchObject({
      code: 0,
      stdout: "derived from 8000 events\n",
    });
    expect(await folder.sessions()).toBeGreaterThan(7000);
  });

  it("deletes what a killed rebuild has left, and reads the log if the tables in use are not complete", async () => {
    await using folder = await filled(300);
    const { cwd } = folder;
    const path = join(cwd, "data", "sessionhook.db");
    for (const incomplete of [false, true]) {
      const facts = await openSqliteFactStore({ path });
      await facts.startRebuild(Date.now());
      // It is killed once the new tables are in use.
      while ((await facts.status()).rebuild !== null) await facts.rebuildStep(500, recordsOfStored);
      await facts.close();
      const db = new DatabaseSync(path);
      const live = "UPDATE derivation SET incomplete = ? WHERE state = 'live'";
      db.prepare(live).run(Number(incomplete));
      db.close();
      const status = async () =>
        JSON.parse((await runCli(["derive", "status", "--json"], { cwd })).stdout) as object;
      expect(await status()).toMatchObject({ rebuild: null, deleting: true, incomplete });
      expect(await runCli(["derive", "rebuild"], { cwd })).toMatchObject({ code: 0, stderr: "" });
      expect(await status()).toMatchObject({ rebuild: null, deleting: false, incomplete: false });
    }
  });

  it("waits for another process that writes for longer than a second", { timeout: 60_000 }, async () => {
    await using folder = await filled(300);
    const db = new DatabaseSync(join(folder.cwd, "data", "sessionhook.db"));
    db.exec("BEGIN IMMEDIATE");
    const rebuilt = runCli(["derive", "rebuild"], { cwd: folder.cwd });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    db.exec("ROLLBACK");
    db.close();
    expect(await rebuilt).toEqual({ code: 0, stdout: "derived from 300 events\n", stderr: "" });
  });

  it("shows its progress on a terminal only", { timeout: 60_000 }, async () => {
    await using folder = await filled(600);
    const address = { SESSIONHOOK_STORE: `sqlite:${join(folder.cwd, "data", "sessionhook.db")}` };
    const shown = await onTerminal(["derive", "rebuild"], address);
    expect(shown.code).toBe(0);
    expect(shown.stderr).toContain("500 of 600 events; Ctrl-C pauses");
  });

  it("creates no file, and explains which stores have no tables", async () => {
    await using folder = await scratch();
    for (const [store, reason] of [
      ["sqlite:./none.db", "There is no file"],
      ["memory:", "memory"],
      ["dynamodb:events", "no derived tables"],
      ["nonsense", "SESSIONHOOK_STORE"],
    ] as const)
      for (const command of ["rebuild", "status"]) {
        const env = { SESSIONHOOK_STORE: store };
        const result = await runCli(["derive", command], { cwd: folder.path, env });
        expect(result).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining(reason) });
      }
  });
});

/** Events that an unfinished rebuild has read. */
async function unfinished(cwd: string): Promise<number> {
  const facts = await openSqliteFactStore({ path: join(cwd, "data", "sessionhook.db") });
  const { rebuild } = await facts.status();
  await facts.close();
  return rebuild?.read ?? 0;
}
