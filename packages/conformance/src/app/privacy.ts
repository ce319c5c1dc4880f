import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it, vi } from "vitest";
import { personEvent } from "../person-event.js";
import type { App } from "./app.js";
import { adminToken, type AppCommand, type AppProcess } from "./app-process.js";
import { useApps } from "./use-apps.js";

const simulator = createSimulator({ seed: 12, now: Date.now() });
const email = "qwertyjane@example.com";
/** Every text of the event that names the person. Searches have them without their first letters. */
const texts = [email, "qwertyjane", "wertyjane", "vis_of_jane", "ses_of_jane"];
const soon = { timeout: 20_000, interval: 200 };
const visits = 12;

/** Tests that the CLI on the same runtime, and the page, export and erase the data of a person while the app runs. */
export function describePrivacy({ runtime }: App, command: AppCommand, cli: NonNullable<App["cli"]>): void {
  const make = useApps(command);
  /** SQLite before 3.51 does not report its log: docs/privacy.md describes what such an app answers for some seconds. */
  const seesLog = !runtime.startsWith("Node 22.");

  async function started(): Promise<AppProcess> {
    const app = make({ SESSIONHOOK_CONFIG: "sessionhook.config.json" });
    const config = {
      destinations: {
        down: {
          type: "http",
          url: "http://127.0.0.1:9/",
          secret: { env: "SESSIONHOOK_SECRETS" },
          network: "private",
        },
      },
    };
    writeFileSync(join(app.folder, "sessionhook.config.json"), JSON.stringify(config));
    return app;
  }

  /** Sends the events of the person, each before one of another. */
  async function fill(app: AppProcess): Promise<void> {
    for (let i = 0; i < visits; i++) {
      const [id, sid] = [`evt_of_her_${i}`, `ses_of_jane_${i}`];
      expect((await app.send(id, personEvent({ id, vid: "vis_of_jane", sid, email }))).status).toBe(200);
      await other(app);
    }
    await vi.waitFor(async () => {
      expect((await app.json("/sessions?q=qwertyjane&limit=100"))["sessions"]).toHaveLength(visits);
    }, soon);
  }

  async function other(app: AppProcess): Promise<void> {
    const { id, body } = simulator.next();
    if (seesLog) return expect((await app.send(id, body)).status).toBe(200);
    await vi.waitFor(async () => expect((await app.send(id, body)).status).toBe(200), soon);
  }

  /** Runs the CLI in the folder of the app while that goes on receiving events. */
  async function run(app: AppProcess, ...args: string[]): Promise<Record<string, unknown>> {
    const found = cli([...args, "--json"]);
    if ("reason" in found) throw new Error(found.reason);
    const env = { PATH: process.env["PATH"] ?? "" };
    const child = spawn(found.file, found.args, { cwd: app.folder, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => void (errors += chunk.toString()));
    const end = new Promise<number | null>((resolve) => child.on("close", resolve));
    while (child.exitCode === null && child.signalCode === null) await other(app);
    expect(await end, errors).toBe(0);
    return JSON.parse(output) as Record<string, unknown>;
  }

  function occurrences(app: AppProcess): string[] {
    const path = join(app.folder, "data", "sessionhook.db");
    return [path, `${path}-wal`, `${path}-shm`].flatMap((file) => {
      const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
      return texts
        .filter((text) => bytes.includes(text))
        .map((text) => `${text} in ${file.slice(path.length)}`);
    });
  }

  it("by the command, without interrupting the app", { timeout: 120_000 }, async () => {
    const app = await (await started()).start();
    await fill(app);
    expect(occurrences(app)).not.toEqual([]);
    const report = (await run(app, "privacy", "erase", "--email", email.toUpperCase(), "--yes"))["report"];
    expect(report).toMatchObject({ events: visits, sessions: visits, people: 1, tombstones: visits });
    expect(occurrences(app)).toEqual([]);
    // The app compares its files every second.
    for (let i = 0; i < 8; i++) {
      await other(app);
      if (seesLog) expect((await fetch(`${app.origin}/readyz`)).status).toBe(200);
      await sleep(400);
    }
    expect((await app.api("/events/evt_of_her_0")).status).toBe(404);
    const repeated = await app.send(
      "evt_of_her_0",
      personEvent({ id: "evt_of_her_0", vid: "v", sid: "s", email }),
    );
    expect(await repeated.json()).toMatchObject({ status: "duplicate" });
    expect((await app.json("/sessions?q=qwertyjane"))["sessions"]).toEqual([]);
    if (seesLog) expect(app.output).not.toMatch(/cut short|overwritten|removed|replaced|locked/);
    await app.end("SIGTERM");
    expect(occurrences(app)).toEqual([]);
    await app.start();
    expect((await app.json("/sessions?q=qwertyjane"))["sessions"]).toEqual([]);
    for (const text of texts) expect(app.output).not.toContain(text);
  });

  it("by the page", { timeout: 120_000 }, async () => {
    const app = await (await started()).start();
    await fill(app);
    const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(`${app.origin}${path}`, {
        method: "POST",
        redirect: "manual",
        headers: { origin: app.origin, "sec-fetch-site": "same-origin", ...headers },
        body: new URLSearchParams(fields),
      });
    const signIn = await form("/login", { token: adminToken, next: "/" });
    const cookie = (signIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    const person = { by: "email", value: email };
    const rows = await (await form("/privacy/export", person, { cookie })).text();
    expect(rows.split("\n").filter((line) => line.includes('"kind":"event"'))).toHaveLength(visits);
    const erased = await form("/privacy/erase", { ...person, confirmation: "erase" }, { cookie });
    const html = await erased.text();
    if (runtime === "deno") {
      // It may not rewrite its database, and removes nothing.
      expect([erased.status, html]).toEqual([503, expect.stringContaining("sessionhook privacy erase")]);
      expect((await app.api("/events/evt_of_her_0")).status).toBe(200);
      return;
    }
    expect([erased.status, html]).toEqual([200, expect.stringContaining(`${visits} tombstones left`)]);
    expect(occurrences(app)).toEqual([]);
    await sleep(2500);
    await other(app);
    if (seesLog) expect((await fetch(`${app.origin}/readyz`)).status).toBe(200);
    if (seesLog) expect(app.output).not.toMatch(/cut short|overwritten|removed|replaced|locked/);
    for (const text of texts) expect(app.output).not.toContain(text);
  });
}
