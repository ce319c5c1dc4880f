import { describe, expect, it } from "vitest";
import { onTerminal } from "./on-terminal.js";
import { runCli } from "./run-cli.js";
import { json, startServer } from "./test-server.js";

const token = "token-of-the-tests";
const samples = [
  { eventId: "evt_\u001b[2J", eventType: null, destination: "backend", receivedAt: Date.UTC(2026, 1, 3) },
];

/** The replays of the admin API: a replay is done when it was asked about `steps` times. */
function start({ steps = 2, dead = 0 } = {}) {
  let asked = 0;
  let state = "running";
  let destinations: unknown;
  return startServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.headers.authorization !== `Bearer ${token}`)
      return json(response, 401, { code: "unauthorized" });
    const replay = () => ({
      id: "rpl_1",
      state,
      matched: asked,
      spec: destinations === undefined ? {} : { destinations },
      counts: { waiting: 0, delivering: 0, delivered: asked, skipped: 0, dead },
    });
    switch (`${request.method} ${pathname}`) {
      case "POST /api/replays": {
        const body = JSON.parse(request.body.toString()) as Record<string, unknown>;
        const { dryRun, when } = body;
        destinations = body["destinations"];
        const detail = "when: line 1, column 9: No such key: nope\n  company.nope\n          ^";
        if (when === "company.nope") return json(response, 400, { code: "invalid_body", detail });
        return json(response, 200, {
          id: dryRun === true ? null : "rpl_1",
          matched: 2,
          exact: true,
          samples,
        });
      }
      case "GET /api/replays/rpl_1":
        if (++asked === steps) state = "done";
        return json(response, 200, replay());
      case "DELETE /api/replays/rpl_1":
        state = "cancelled";
        return json(response, 200, replay());
      default:
        return json(response, 404, { code: "not_found" });
    }
  });
}
const envOf = ({ port }: { port: number }) => ({ SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(port) });
const bodyOf = (server: Awaited<ReturnType<typeof start>>) =>
  JSON.parse(server.received[0]?.body.toString() ?? "null") as unknown;

describe("sessionhook replay", () => {
  it("passes the selection on, and only counts with --dry-run", async () => {
    await using server = await start();
    const args = [
      ["--destination", "backend", "--destination", "crm", "--kind", "missing", "--status", "accepted"],
      ["--type", "identity.resolved", "--event", "evt_1", "--since", "2026-01-01", "--until", "2026-02-01"],
      ["--where", "has(person.email)", "--rate", "50/s", "--dry-run"],
    ].flat();
    const { code, stdout } = await runCli(["replay", ...args], { env: envOf(server) });
    expect(code).toBe(0);
    expect(server.received[0]?.headers["content-type"]).toBe("application/json");
    expect(bodyOf(server)).toEqual({
      destinations: ["backend", "crm"],
      kind: "missing",
      status: "accepted",
      type: "identity.resolved",
      events: ["evt_1"],
      from: Date.UTC(2026, 0, 1),
      to: Date.UTC(2026, 1, 1),
      when: "has(person.email)",
      rate: 50,
      dryRun: true,
    });
    expect(stdout).toMatch(/^2 deliveries would be created\n/);
    expect(stdout).toMatch(/^2026-02-03T00:00:00.000Z +backend +- +evt_/m);
    expect(stdout).not.toContain("\u001b");
    expect(server.received).toHaveLength(1);
  });

  it("waits until the replay is done, and prints its end; --json prints the last answer", async () => {
    await using server = await start();
    const { code, stdout, stderr } = await runCli(["replay"], { env: envOf(server) });
    expect([code, stderr]).toEqual([0, ""]);
    expect(bodyOf(server)).toEqual({});
    expect(stdout.split("\n")).toEqual([
      "replay        rpl_1",
      "destinations  all",
      "state         done",
      "created       2",
      "delivered     2",
      "",
      "Watch its deliveries: sessionhook deliveries list --replay rpl_1",
      "",
    ]);
    await using one = await start();
    const env = { ...envOf(one), npm_lifecycle_event: "sessionhook" };
    const named = await runCli(["replay", "--destination", "backend"], { env });
    expect(named.stdout).toMatch(/^destination +backend$/m);
    expect(named.stdout).toContain("npm run sessionhook -- deliveries list --replay rpl_1\n");
    await using other = await start();
    const asJson = await runCli(["replay", "--json"], { env: envOf(other) });
    expect(JSON.parse(asJson.stdout)).toMatchObject({ id: "rpl_1", state: "done", matched: 2 });
  });

  it("shows the place of a problem in a filter below it", async () => {
    await using server = await start();
    const { code, stderr } = await runCli(["replay", "--where", "company.nope"], { env: envOf(server) });
    expect([code, stderr.split("\n").slice(1)]).toEqual([1, ["  company.nope", "          ^", ""]]);
  });

  it("fails where deliveries became dead letters", async () => {
    await using server = await start({ dead: 1 });
    const { code, stdout } = await runCli(["replay"], { env: envOf(server) });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^dead +1$/m);
  });

  it("shows its progress on a terminal", async () => {
    await using server = await start({ steps: 3 });
    const { stdout, stderr } = await onTerminal(["replay"], envOf(server));
    expect(stdout).toMatch(/replay +rpl_1/);
    expect(stderr).toContain("1 of 2 deliveries created, 1 delivered, 0 dead; Ctrl-C cancels");
  });

  it("cancels the replay when it is interrupted", { timeout: 20_000 }, async () => {
    await using server = await start({ steps: 1000 });
    let interrupt = () => undefined as void;
    const running = runCli(["replay"], { env: envOf(server), onStart: (kill) => (interrupt = kill) });
    await expect
      .poll(() => server.received.filter(({ method }) => method === "GET").length, { timeout: 15_000 })
      .toBeGreaterThan(0);
    interrupt();
    const { code, stdout } = await running;
    expect(code).toBe(1);
    expect(stdout).toMatch(/^state +cancelled$/m);
    expect(server.received.at(-1)).toMatchObject({ method: "DELETE", url: "/api/replays/rpl_1" });
  });

  it("starts without waiting, and cancels one that was started", async () => {
    await using server = await start();
    const env = envOf(server);
    const started = await runCli(["replay", "--no-wait"], { env });
    expect(started).toMatchObject({
      code: 0,
      stdout:
        "started replay rpl_1, 2 deliveries\n\nWatch its deliveries: sessionhook deliveries list --replay rpl_1\n",
    });
    const asJson = await runCli(["replay", "--no-wait", "--json"], { env });
    expect(JSON.parse(asJson.stdout)).toEqual({ id: "rpl_1", matched: 2, exact: true, samples });
    const cancelled = await runCli(["replay", "--cancel", "rpl_1"], { env });
    expect([cancelled.code, cancelled.stdout]).toEqual([0, expect.stringMatching(/^state +cancelled$/m)]);
    expect((await runCli(["replay", "--cancel", "rpl_9"], { env })).code).toBe(1);
  });

  it.each([
    ["--kind", "some"],
    ["--rate", "0"],
    ["--rate", "20000"],
    ["--since", "yesterday"],
    ["--status", "conflict"],
  ])("refuses %s %s", async (...args) => {
    expect(await runCli(["replay", ...args, "--json"])).toMatchObject({ code: 2 });
  });
});
