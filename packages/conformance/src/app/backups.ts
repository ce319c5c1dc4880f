import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it } from "vitest";
import type { App } from "./app.js";
import { countLocks, listsLocks } from "../file-locks.js";
import type { AppCommand, AppProcess } from "./app-process.js";
import { useApps } from "./use-apps.js";

const simulator = createSimulator({ seed: 11, now: Date.now() });

/** Tests that the CLI, on the same runtime, backs up the database of a running app and restores it. */
export function describeBackups(command: AppCommand, cli: NonNullable<App["cli"]>): void {
  const make = useApps(command);

  function run(
    app: AppProcess,
    ...args: string[]
  ): { status: number | null; document: Record<string, unknown> } {
    const found = cli([...args, "--json"]);
    if ("reason" in found) throw new Error(found.reason);
    const env = { PATH: process.env["PATH"] ?? "" };
    const { status, stdout } = spawnSync(found.file, found.args, { cwd: app.folder, env, encoding: "utf8" });
    return { status, document: JSON.parse(stdout) as Record<string, unknown> };
  }

  async function send(app: AppProcess, count: number): Promise<void> {
    for (let i = 0; i < count; i++) {
      const { id, body } = simulator.next();
      expect((await app.send(id, body)).status).toBe(200);
    }
  }

  it("backs up while the app runs, rejects a restore meanwhile, and restores once it has ended", async () => {
    const app = await make().start();
    await send(app, 10);
    expect(run(app, "backup", "b.db")).toMatchObject({ status: 0, document: { events: 10 } });
    if (listsLocks) expect(countLocks(app.pid, join(app.folder, "data", "sessionhook.db"))).toBe(1);
    await send(app, 5);
    const refused = run(app, "restore", "b.db");
    expect(refused).toMatchObject({ status: 1, document: { error: { code: "store_unavailable" } } });
    await app.end("SIGKILL");
    await app.start();
    expect(await app.json("/stats")).toMatchObject({ accepted: 15 });
    await app.end("SIGKILL");
    expect(run(app, "restore", "b.db")).toMatchObject({ status: 0, document: { events: 10 } });
    await app.start();
    expect(await app.json("/stats")).toMatchObject({ accepted: 10 });
    await send(app, 1);
  });

  it("shows the last backup on its status page and in its metrics", async () => {
    const app = await make().start();
    await send(app, 3);
    const headers = { cookie: await app.signIn() };
    const get = async (path: string) => (await fetch(`${app.origin}${path}`, { headers })).text();
    const page = async () => (await get("/status")).replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    const metric = async () =>
      /^sessionhook_last_backup_timestamp_seconds (.+)$/m.exec(await get("/metrics"))?.[1];
    expect(await page()).toContain("Last backup none is recorded");
    expect(await metric()).toBeUndefined();
    const before = Date.now();
    expect(run(app, "backup", "b.db")).toMatchObject({ status: 0, document: { events: 3, recorded: true } });
    const at = Number(await metric()) * 1000;
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
    expect(await page()).toContain(
      `Last backup ${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`,
    );
    // The app takes nothing of it for a foreign change of its database.
    await send(app, 1);
    expect((await fetch(`${app.origin}/readyz`)).status).toBe(200);
    expect(app.output).not.toMatch(/outage|store_unavailable/);
  });
}
