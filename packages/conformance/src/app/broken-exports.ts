import { once } from "node:events";
import { renameSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type AppCommand, type AppProcess, adminToken } from "./app-process.js";
import { useApps } from "./use-apps.js";

const events = 40;
const body = JSON.stringify({ type: "export.case", text: "x".repeat(900_000) });
const path = "/api/events?after=&format=ndjson";

/** Tests that an export waits for its reader, and that a broken one does not look complete. */
export function describeBrokenExports(command: AppCommand): void {
  const make = useApps(command);

  async function filled(): Promise<AppProcess> {
    const app = await make().start();
    for (let i = 0; i < events; i++) expect((await app.send(`evt_${i}`, body)).status).toBe(200);
    return app;
  }

  it.each(["1.1", "1.0"])("an export over HTTP/%s ends broken where the store fails", async (version) => {
    const app = await filled();
    const reader = await readSlowly(app, version);
    const file = join(app.folder, "data", "sessionhook.db");
    renameSync(file, `${file}.away`);
    const { text, error } = await reader.rest();
    expect(text.length).toBeLessThan(events * body.length);
    if (version === "1.1") expect(text.endsWith("\r\n0\r\n\r\n")).toBe(false);
    else expect(error !== undefined || text.endsWith('is not complete"')).toBe(true);
    renameSync(`${file}.away`, file);
    await expect.poll(async () => (await app.api("/events?limit=1")).status).toBe(200);
    expect(app.output.match(/an export failed midway/g)).toHaveLength(1);
    expect(app.output).not.toMatch(/^Error|^ +at /m);
  });

  it("a reader that goes away ends its export, and the app answers on", async () => {
    const app = await filled();
    for (let i = 0; i < 5; i++) (await readSlowly(app, "1.1")).socket.destroy();
    const answer = await app.api("/events?after=&format=ndjson");
    expect((await answer.text()).trimEnd().split("\n")).toHaveLength(events);
    expect(app.output).not.toContain("failed midway");
    expect(app.output).not.toMatch(/^Error|^ +at /m);
  });
}

/** Requests an export and reads its first bytes only. */
async function readSlowly(app: AppProcess, version: string) {
  const { hostname, port } = new URL(app.origin);
  const socket: Socket = connect(Number(port), hostname);
  let text = "";
  let error: Error | undefined;
  socket.on("error", (reason) => (error = reason));
  await once(socket, "connect");
  socket.write(
    `GET ${path} HTTP/${version}\r\nHost: ${hostname}:${port}\r\nAuthorization: Bearer ${adminToken}\r\n\r\n`,
  );
  const [first] = (await once(socket, "data")) as [Buffer];
  text += first.toString("latin1");
  expect(text).toMatch(/^HTTP\/1\.1 200/);
  socket.pause();
  // The buffers fill.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return {
    socket,
    rest: async () => {
      socket.on("data", (chunk) => (text += chunk.toString("latin1")));
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.resume();
      await closed;
      return { text, error };
    },
  };
}
