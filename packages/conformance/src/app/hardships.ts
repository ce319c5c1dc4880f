import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSimulator } from "@sessionhook/simulator";
import { expect, it } from "vitest";
import type { AppCommand } from "./app-process.js";
import { HalfSent, untilRead } from "./half-sent.js";
import { idsIn } from "./ids-in.js";
import { useApps } from "./use-apps.js";
import { withFileLimit } from "./with-file-limit.js";

const simulator = createSimulator({ seed: 9, now: Date.now() });

/** Tests an app whose log is not read, whose process limits are low, and whose clients misbehave. */
export function describeHardships(command: AppCommand): void {
  const make = useApps(command);
  const makeLimited = useApps(withFileLimit(command, 2048));

  it("answers 503 beyond the limit of file sizes, and continues", async () => {
    const app = await makeLimited().start();
    const filling = "x".repeat(300_000);
    const acknowledged: string[] = [];
    let status = 200;
    for (let i = 0; status === 200 && i < 40; i++) {
      status = (await app.send(`evt_${i}`, filling)).status;
      if (status === 200) acknowledged.push(`evt_${i}`);
    }
    expect(status).toBe(503);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
    for (const id of acknowledged) expect((await app.api(`/events/${id}`)).status).toBe(200);
    expect(await app.end("SIGTERM")).toBe(0);
    const events = idsIn(join(app.folder, "data", "sessionhook.db"));
    expect(events).toEqual(expect.arrayContaining(acknowledged));
  });

  it("continues after its log has lost its reader", async () => {
    const app = await make().start();
    app.stopReading();
    // Each one writes a line. The error of a broken pipe follows the failed write.
    for (let i = 0; i < 20; i++) expect((await app.post("x", {})).status).toBe(400);
    const { id, body } = simulator.next();
    expect((await app.send(id, body)).status).toBe(200);
    expect(await app.end("SIGTERM")).toBe(0);
  });

  it("does not wait for a connection without a request", async () => {
    const app = await make().start();
    await app.connect();
    // Under Bun the system delays connections without data for about a second.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await fetch(`${app.origin}/healthz`)).status).toBe(200);
    const began = Date.now();
    expect(await app.end("SIGTERM")).toBe(0);
    // Running messages have ten seconds.
    expect(Date.now() - began).toBeLessThan(9000);
  });

  it("stops in time although a function of the configuration waits for a file for ever, and a request for its end", async () => {
    const app = make();
    // Deno permits reading there.
    mkdirSync(join(app.folder, "data"), { mode: 0o700 });
    const pipe = join(app.folder, "data", "pipe");
    expect(spawnSync("mkfifo", [pipe]).status).toBe(0);
    const config = `import { open } from "node:fs/promises";
      const handle = () => open(${JSON.stringify(pipe)}, "r");
      export default { destinations: { crm: { type: "code", handle } } };`;
    writeFileSync(join(app.folder, "sessionhook.config.js"), config);
    await app.start();
    const { id, body } = simulator.next("identity.session.finalized");
    expect((await app.send(id, body)).status).toBe(200);
    const state = async () =>
      ((await app.json("/deliveries"))["deliveries"] as { state: string }[]).map((each) => each.state);
    await expect.poll(state, { timeout: 20_000 }).toEqual(["delivering"]);
    await untilRead(app, [await HalfSent.begin(app, simulator.next())]);
    const began = Date.now();
    const ended = await app.end("SIGTERM");
    if (ended === "SIGKILL")
      expect(app.output).toMatch(/ERROR.*the app could not stop cleanly.*the delivery thread/);
    // Requests and sends that are under way have the same ten seconds; a thread that does not end has four more.
    expect(Date.now() - began).toBeLessThan(15_000);
    expect(idsIn(join(app.folder, "data", "sessionhook.db"))).toEqual([id]);
  });

  it("answers 400 to an invalid host, whatever the path", async () => {
    const app = await make({ LOG_LEVEL: "info" }).start();
    for (const host of ["[", "1.2.3.4.5", "x:99999", "a b", "x/metrics?", "x/healthz#", "x?", "u@x"])
      for (const path of ["/", "/nowhere", "/events/evt_1", "/login"]) {
        const exchange = await app.connect();
        exchange.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
        expect(await exchange.until(/\r\n\r\n/), `${host} ${path}`).toMatch(/^HTTP\/1\.1 400 /);
        exchange.destroy();
      }
    expect(app.output).not.toContain("ERROR");
  });
}
