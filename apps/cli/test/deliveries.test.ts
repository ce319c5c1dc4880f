import { describe, expect, it } from "vitest";
import { onTerminal } from "./on-terminal.js";
import { runCli } from "./run-cli.js";
import { json, startServer } from "./test-server.js";

const token = "token-of-the-tests";
const steering = "\u001b[2J\u202e";
const destinations = [
  {
    name: "backend",
    type: "http",
    state: "ready",
    reason: null,
    open: 3,
    delivered: 7,
    dead: 1,
    oldestDueSeconds: 200,
    target: "https://api.example.com",
  },
  {
    name: "paced",
    type: "http",
    state: "ready",
    reason: null,
    pacedUntil: Date.now() + 7_500_000,
    open: 5,
    delivered: 0,
    dead: 0,
    oldestDueSeconds: null,
    target: "https://slow.example.com",
  },
  {
    name: `old${steering}`,
    type: null,
    state: "orphaned",
    reason: { code: "http_401" },
    open: 0,
    delivered: 12,
    dead: 0,
    oldestDueSeconds: null,
    target: null,
  },
];
const delivery = {
  id: "dlv_2",
  eventId: "evt_1",
  eventType: "identity.resolved",
  destination: "backend",
  state: "dead",
  attemptCount: 1,
  createdAt: Date.UTC(2026, 1, 3),
  dueAt: null,
  finishedAt: Date.UTC(2026, 1, 4),
  reason: { code: "http_500", status: 500, excerpt: `Oops ${steering}` },
  heldBy: null,
  replay: null,
};
const attempts = [
  {
    number: 1,
    startedAt: delivery.createdAt,
    durationMs: 31,
    outcome: "retry",
    reason: delivery.reason,
  },
];

/** The admin API in small. */
const start = () =>
  startServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.headers.authorization !== `Bearer ${token}`)
      return json(response, 401, { code: "unauthorized" });
    switch (`${request.method} ${pathname}`) {
      case "GET /api/destinations":
        return json(response, 200, { destinations, nextCursor: null });
      case "POST /api/destinations/backend/pause":
        return json(response, 200, { ...destinations[0], state: "paused" });
      case "POST /api/destinations/backend/resume":
        return json(response, 200, destinations[0]);
      case "POST /api/destinations/backend/test":
        return json(response, 200, { destination: "backend", outcome: "delivered", reason: null });
      case "POST /api/destinations/a%2Fb/test":
        return json(response, 200, { destination: "a/b", outcome: "retry", reason: delivery.reason });
      case "GET /api/deliveries":
        return json(response, 200, { deliveries: [delivery], nextCursor: "c/2" });
      case "GET /api/deliveries/dlv_2":
        return json(response, 200, { ...delivery, attempts });
      case "POST /api/deliveries/dlv_2/retry":
        return json(response, 200, { ...delivery, state: "waiting", attempts });
      default:
        return json(response, 404, { code: "not_found", detail: "There is nothing" });
    }
  });
const envOf = ({ port }: { port: number }) => ({ SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(port) });

describe("sessionhook destinations", () => {
  it("lists state, counts and target, and cannot steer the terminal", async () => {
    await using server = await start();
    const { code, stdout } = await runCli(["destinations", "list"], { env: envOf(server) });
    const [head, first, paced, second] = stdout.split("\n");
    expect(code).toBe(0);
    expect(head).toMatch(/^name +type +state +reason +open +delivered +dead +due +target$/);
    expect(first).toMatch(/^backend +http +ready +- +3 +7 +1 +3 min +https:\/\/api\.example\.com$/);
    expect(paced).toMatch(/^paced +http +ready +paced for 2 h +5 +0 +0 +- /);
    expect(second).toMatch(/ orphaned +http_401 +0 +12 +0 +- +-$/);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });

  it("pauses and resumes, and prints the new state", async () => {
    await using server = await start();
    const env = envOf(server);
    expect(await runCli(["destinations", "pause", "backend"], { env })).toMatchObject({
      code: 0,
      stdout: "paused backend (3 open)\n",
    });
    expect(await runCli(["destinations", "resume", "backend"], { env })).toMatchObject({
      code: 0,
      stdout: "ready backend (3 open)\n",
    });
    const unknown = await runCli(["destinations", "pause", "none", "--json"], { env });
    expect([unknown.code, JSON.parse(unknown.stdout)]).toMatchObject([1, { error: { code: "not_found" } }]);
    expect(await runCli(["destinations", "pause", ".."], { env })).toMatchObject({ code: 2 });
  });

  it("discards what is open to a removed destination, in as many steps as it takes", async () => {
    const open = [120, 20, 0, 7, 7];
    await using server = await startServer(({ method, url }, response) => {
      if (`${method} ${url}` !== "POST /api/destinations/old/discard") return json(response, 404, {});
      json(response, 200, { ...destinations[2], name: "old", open: open.shift(), dead: 140 });
    });
    const env = envOf(server);
    const unconfirmed = await runCli(["destinations", "discard", "old"], { env });
    expect([unconfirmed.code, unconfirmed.stderr]).toEqual([2, expect.stringContaining("--yes is missing")]);
    expect(open).toHaveLength(5);
    expect(await runCli(["destinations", "discard", "old", "--yes"], { env })).toEqual({
      code: 0,
      stdout: "discarded old (0 open, 140 dead)\n",
      stderr: "",
    });
    // Another process goes on creating them.
    expect(await runCli(["destinations", "discard", "old", "--yes"], { env })).toMatchObject({
      code: 1,
      stdout: "discarded old (7 open, 140 dead)\n",
    });
  });

  it("fails where a test was not delivered, with the reason", async () => {
    await using server = await start();
    const env = envOf(server);
    const passed = await runCli(["destinations", "test", "backend"], { env });
    expect(passed).toMatchObject({ code: 0, stdout: "delivered backend\n" });
    const failed = await runCli(["destinations", "test", "a/b"], { env });
    expect(failed).toMatchObject({ code: 1, stdout: "retry a/b: http_500\n" });
    expect(failed.stderr).toMatch(/^Oops /);
    expect(failed.stderr).not.toMatch(/[\u001b\u202e]/);
    const asJson = await runCli(["destinations", "test", "a/b", "--json"], { env });
    expect([asJson.code, JSON.parse(asJson.stdout)]).toMatchObject([1, { outcome: "retry" }]);
  });
});

describe("sessionhook deliveries", () => {
  it("lists with filters, and prints the cursor of the next page", async () => {
    await using server = await start();
    const args = ["--destination", "backend", "--state", "dead", "--event", "evt_1", "--replay", "rpl_1"];
    const { code, stdout, stderr } = await runCli(["deliveries", "list", ...args, "--limit", "2"], {
      env: envOf(server),
    });
    expect([code, stderr]).toEqual([0, "more: --cursor c/2\n"]);
    expect(stdout.split("\n")[1]).toBe(
      "2026-02-03T00:00:00.000Z  dead   backend      1         http_500  evt_1  dlv_2",
    );
    expect(Object.fromEntries(new URL(server.received[0]?.url ?? "", "http://x").searchParams)).toEqual({
      destination: "backend",
      state: "dead",
      event: "evt_1",
      replay: "rpl_1",
      limit: "2",
    });
    const wrong = await runCli(["deliveries", "list", "--state", "lost"], { env: envOf(server) });
    expect(wrong.code).toBe(2);
  });

  it("shows one with its attempts, and the last answer without what could steer a terminal", async () => {
    await using server = await start();
    const { code, stdout } = await runCli(["deliveries", "get", "dlv_2"], { env: envOf(server) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^state +dead$/m);
    expect(stdout).toMatch(/^1 +2026-02-03T00:00:00.000Z +31 ms +retry +http_500$/m);
    expect(stdout).toMatch(/^last answer: Oops /m);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });

  it("retries one", async () => {
    await using server = await start();
    const result = await runCli(["deliveries", "retry", "dlv_2"], { env: envOf(server) });
    expect(result).toMatchObject({ code: 0, stdout: "due now dlv_2 (backend, evt_1)\n" });
  });

  it.each([
    [["destinations", "list"]],
    [["destinations", "pause", "backend"]],
    [["destinations", "test", "backend"]],
    [["deliveries", "list"]],
    [["deliveries", "get", "dlv_2"]],
    [["deliveries", "retry", "dlv_2"]],
  ])("%j --json prints what the server sent, escaped on a terminal", async (args) => {
    await using server = await start();
    const piped = await runCli([...args, "--json"], { env: envOf(server) });
    const shown = await onTerminal([...args, "--json"], envOf(server));
    expect(shown.stdout).not.toMatch(/[\u001b\u202e]/);
    expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(piped.stdout));
  });
});
