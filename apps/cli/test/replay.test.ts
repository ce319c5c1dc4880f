import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { onTerminal } from "./on-terminal.js";
import { runCli } from "./run-cli.js";
import { json, type Received, startServer } from "./test-server.js";

const token = "token-of-the-tests";
const samples = [
  { eventId: "evt_\u001b[2J", eventType: null, destination: "backend", receivedAt: Date.UTC(2026, 1, 3) },
];

interface Behaviour {
  /** The number of requests about the replay after which it is done. */
  readonly steps?: number;
  readonly dead?: number;
  /** Answers a request instead, if it returns true. */
  readonly fault?: (request: Received, response: ServerResponse) => boolean;
}

/** Starts a server with the replays of the admin API. */
function start({ steps = 2, dead = 0, fault = () => false }: Behaviour = {}) {
  let asked = 0;
  let state = "running";
  let destinations: unknown;
  return startServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.headers.authorization !== `Bearer ${token}`)
      return json(response, 401, { code: "unauthorized" });
    if (fault(request, response)) return;
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
    expect([code, stderr]).toEqual([0, "started replay rpl_1, 2 deliveries\n"]);
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
    expect([code, stderr.split("\n").slice(1)]).toEqual([2, ["  company.nope", "          ^", ""]]);
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
    expect(stderr).toContain("Counting deliveries; Ctrl-C cancels\r\u001b[K");
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

  it(
    "closes the connection when it is interrupted while the server counts",
    { timeout: 20_000 },
    async () => {
      let closed = 0;
      const fault = ({ method }: Received, response: ServerResponse) => {
        response.on("close", () => closed++);
        return method === "POST";
      };
      await using server = await start({ fault });
      const interrupted = async (...args: string[]) => {
        const before = server.received.length;
        let interrupt = () => undefined as void;
        const running = runCli(["replay", ...args], {
          env: envOf(server),
          onStart: (kill) => (interrupt = kill),
        });
        await expect.poll(() => server.received.length, { timeout: 15_000 }).toBeGreaterThan(before);
        interrupt();
        return running;
      };
      const next =
        "the replay may still start: sessionhook replay --list shows it, sessionhook replay --cancel <id> cancels it";
      const message = `interrupted before the server had answered; ${next}`;
      expect(await interrupted()).toEqual({ code: 1, stdout: "", stderr: `error: ${message}\n` });
      expect(await interrupted("--no-wait", "--json")).toMatchObject({
        code: 1,
        stdout: `${JSON.stringify({ error: { code: "interrupted", message } })}\n`,
      });
      const counted = await interrupted("--dry-run");
      expect([counted.code, counted.stderr]).toEqual([
        1,
        "error: interrupted before the server had answered\n",
      ]);
      expect([server.received.length, closed]).toEqual([3, 3]);
    },
  );

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

  it("waits for a server that cannot answer or closes the connection, and continues", async () => {
    const faults = [
      (response: ServerResponse) => json(response, 503, { code: "store_unavailable" }),
      (response: ServerResponse) => void response.socket?.resetAndDestroy(),
      (response: ServerResponse) => {
        response.writeHead(200, { "content-length": "1000" }).write("{");
        setTimeout(() => response.destroy(), 50);
      },
    ];
    const fault = ({ method }: Received, response: ServerResponse) => {
      const next = method === "GET" ? faults.shift() : undefined;
      next?.(response);
      return next !== undefined;
    };
    await using server = await start({ fault });
    const { code, stdout, stderr } = await runCli(["replay"], { env: envOf(server) });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        "started replay rpl_1, 2 deliveries\nThe server answered 503 store_unavailable; waiting for it\nthe server answers again\n",
    });
    expect(stdout).toMatch(/^state +done$/m);
  });

  it("reports the id and how to cancel the replay where it cannot be watched", async () => {
    const fault = ({ method }: Received, response: ServerResponse) => {
      if (method === "GET") json(response, 401, { code: "unauthorized" });
      return method === "GET";
    };
    await using server = await start({ fault });
    const { code, stdout, stderr } = await runCli(["replay"], { env: envOf(server) });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^started replay rpl_1, 2 deliveries\nerror: .*; replay rpl_1 may still be running, cancel it with sessionhook replay --cancel rpl_1\n$/,
    );
    const asJson = await runCli(["replay", "--json"], { env: envOf(server) });
    expect(asJson.code).toBe(1);
    expect(JSON.parse(asJson.stdout)).toMatchObject({
      error: { code: "unauthorized", message: expect.stringContaining("replay --cancel rpl_1") },
    });
  });

  it("cancels a replay also while it waits for the server", { timeout: 20_000 }, async () => {
    const fault = ({ method }: Received, response: ServerResponse) => {
      if (method === "GET") json(response, 503, { code: "store_unavailable" });
      return method === "GET";
    };
    await using server = await start({ fault });
    let interrupt = () => undefined as void;
    const running = runCli(["replay"], { env: envOf(server), onStart: (kill) => (interrupt = kill) });
    await expect.poll(() => server.received.length, { timeout: 15_000 }).toBeGreaterThan(1);
    interrupt();
    expect(await running).toMatchObject({ code: 1, stdout: expect.stringMatching(/^state +cancelled$/m) });
  });

  it("lists the replays in pages, and prints the answer of the server unchanged with --json", async () => {
    const one = (id: string, destinations?: readonly string[]) => ({
      id,
      state: "done",
      createdAt: Date.UTC(2026, 1, 3),
      matched: 7,
      counts: { delivered: 6, dead: 1 },
      spec: { kind: "failed", destinations },
    });
    const text = JSON.stringify({
      replays: [one("rpl_2", ["crm", "b"]), one("rpl_1\u001b")],
      nextCursor: "c",
    });
    const fault = ({ method }: Received, response: ServerResponse) => {
      if (method === "GET") response.end(text);
      return method === "GET";
    };
    await using server = await start({ fault });
    const { code, stdout, stderr } = await runCli(["replay", "--list", "--limit", "2"], {
      env: envOf(server),
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "more: --cursor c\n" });
    expect(stdout.trimEnd().split("\n")).toEqual([
      "started                   state  kind    destinations  created  delivered  dead  id",
      "2026-02-03T00:00:00.000Z  done   failed  crm, b        7        6          1     rpl_2",
      "2026-02-03T00:00:00.000Z  done   failed  all           7        6          1     rpl_1\ufffd",
    ]);
    const args = ["replay", "--list", "--limit", "2", "--cursor", "c", "--json"];
    expect(await runCli(args, { env: envOf(server) })).toEqual({ code: 0, stdout: text, stderr: "" });
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /api/replays?limit=2",
      "GET /api/replays?limit=2&cursor=c",
    ]);
    for (const option of ["--limit=2", "--cursor=c"])
      expect(await runCli(["replay", option], { env: envOf(server) })).toMatchObject({ code: 2 });
    expect(server.received).toHaveLength(2);
  });

  it("lists nothing where there are no replays", async () => {
    const fault = (_request: Received, response: ServerResponse) => {
      json(response, 200, { replays: [], nextCursor: null });
      return true;
    };
    await using server = await start({ fault });
    const result = await runCli(["replay", "--list"], { env: envOf(server) });
    expect(result).toEqual({ code: 0, stdout: "", stderr: "no replays\n" });
  });

  const others = [
    ["--destination=backend", "--kind=all", "--status=accepted", "--type=t", "--event=e", "--since=1h"],
    ["--until=1h", "--where=true", "--rate=1", "--dry-run", "--no-wait"],
  ].flat();
  it.each([
    ...others.flatMap((option) => [
      ["--cancel=rpl_1", option],
      ["--list", option],
    ]),
    ["--cancel=rpl_1", "--list"],
    ["--cancel=rpl_1", "--limit=2"],
    ["--cancel=rpl_1", "--cursor=c"],
  ])("refuses %s with %s and sends nothing", async (first, second) => {
    await using server = await start();
    for (const args of [
      [first, second],
      [second, first],
    ]) {
      const result = await onTerminal(["replay", ...args], envOf(server));
      expect(result).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot be used with") });
    }
    expect(server.received).toEqual([]);
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
