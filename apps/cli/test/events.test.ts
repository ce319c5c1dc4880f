import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, scratch } from "./run-cli.js";
import { json, startServer } from "./test-server.js";

const token = "token-of-the-tests";
const rows = [
  { id: "evt_B", type: "identity.resolved", status: "accepted", receivedAt: Date.UTC(2026, 1, 3), extra: 1 },
  { id: "evt_A", type: "evil\u001b[2J", status: "quarantined", receivedAt: Date.UTC(2026, 1, 2) },
];
const raw = Buffer.from([0x7b, 0xff, 0x0a]);

/** The admin API in small, with its bearer token. */
const start = () =>
  startServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.headers.authorization !== `Bearer ${token}`) {
      return json(response, 401, { code: "unauthorized", title: "no" });
    }
    const route = `${request.method} ${pathname}`;
    if (route === "GET /api/events") return json(response, 200, { events: rows, nextCursor: "c/2" });
    if (route === "GET /api/events/evt_A%20b") {
      return json(response, 200, { ...rows[0], payload: { name: "Zoë" }, issues: [], messages: [] });
    }
    if (route === "GET /api/events/evt_A/raw") return void response.writeHead(200).end(raw);
    if (route === "POST /api/events/evt_A/replay")
      return json(response, 200, { status: "accepted", id: "evt_A" });
    return json(response, 404, { code: "not_found", detail: "There is no such event" });
  });

describe("sessionhook events", () => {
  it("lists as an aligned table that cannot steer the terminal", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const { code, stdout, stderr } = await runCli(["events", "list"], { env });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[1]).toBe("2026-02-03T00:00:00.000Z  accepted     identity.resolved  evt_B");
    expect(new Set(lines.map((line) => line.indexOf("evt_")).slice(1)).size).toBe(1);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toBe("more: --cursor c/2\n");
  });

  it("passes filters on and gives the answer as it is with --json", async () => {
    await using server = await start();
    const args = ["--status", "accepted", "--type", "a&b", "--q", "evt_", "--limit", "2", "--cursor", "c/2"];
    const result = await runCli([
      "events",
      "list",
      ...args,
      "--url",
      `${server.url}/webhooks`,
      "--token",
      token,
      "--json",
    ]);
    expect(JSON.parse(result.stdout)).toEqual({ events: rows, nextCursor: "c/2" });
    const { searchParams } = new URL(server.received[0]?.url ?? "", server.url);
    expect(Object.fromEntries(searchParams)).toEqual({
      status: "accepted",
      type: "a&b",
      q: "evt_",
      limit: "2",
      cursor: "c/2",
    });
  });

  it("shows one event, its exact bytes, and replays it", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const shown = await runCli(["events", "get", "evt_A b"], { env });
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^status +accepted$/m);
    expect(shown.stdout).toContain('"name": "Zoë"');
    const bytes = await runCli(["events", "get", "evt_A", "--raw"], { env });
    expect(bytes.stdout).toBe(raw.toString("utf8"));
    const replayed = await runCli(["events", "replay", "evt_A"], { env });
    expect(replayed).toEqual({ code: 0, stdout: "replayed evt_A (accepted)\n", stderr: "" });
  });

  it("uses the token made at first start", async () => {
    await using server = await start();
    await using folder = await scratch();
    await mkdir(join(folder.path, "data"));
    await writeFile(join(folder.path, "data/credentials.json"), JSON.stringify({ adminToken: token }));
    const result = await runCli(["events", "list"], { cwd: folder.path, env: { PORT: String(server.port) } });
    expect(result.code).toBe(0);
  });

  it("tells failures apart, without the token", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const absent = await runCli(["events", "get", "evt_none", "--json"], { env });
    expect(absent.code).toBe(1);
    expect(JSON.parse(absent.stdout)).toMatchObject({ error: { code: "not_found" } });
    const refused = await runCli(["events", "list", "--token", "wrong-token-9"], { env });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("admin token") });
    expect(refused.stderr).not.toContain("wrong-token-9");
    expect(await runCli(["events", "list"], { env: { PORT: "8787" } })).toMatchObject({ code: 2 });
    expect(await runCli(["events", "list", "--limit", "0"], { env })).toMatchObject({ code: 2 });
    expect(await runCli(["events", "get", ".."], { env })).toMatchObject({ code: 2 });
    expect(await runCli(["events", "get", "x", "--raw", "--json"], { env })).toMatchObject({ code: 2 });
  });
});
