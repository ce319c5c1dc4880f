import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onTerminal } from "./on-terminal.js";
import { runCli, scratch } from "./run-cli.js";
import { json, startServer } from "./test-server.js";

const token = "token-of-the-tests";
const rows = [
  { id: "evt_B", type: "identity.resolved", status: "accepted", receivedAt: Date.UTC(2026, 1, 3), extra: 1 },
  { id: "evt_A", type: "evil\u001b[2J", status: "quarantined", receivedAt: Date.UTC(2026, 1, 2) },
];
const raw = Buffer.from([0x7b, 0xff, 0x0a]);

/** JSON that changes or fails when it is parsed and serialized, with characters that could control a terminal. */
const payload = String.raw`{"n":12345678901234567890,"e":1e400,"f":1.0,"twice":1,"twice":2,"s":"\u0061\/",`;
const steering = "\u007f\u0085\u009b2J\u061c\u200f\u2028\u202e\u2066\u2069";
const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
const exact = `{"id":"evt_X","receivedAt":1770076800000,"issues":[],"payload": ${payload}"t":"${steering}","deep":${deep}}\r\n}`;

/** A small admin API with a bearer token. */
const start = () =>
  startServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (request.headers.authorization !== `Bearer ${token}`) {
      return json(response, 401, { code: "unauthorized", title: "no" });
    }
    const route = `${request.method} ${pathname}`;
    if (route === "GET /api/events") return json(response, 200, { events: rows, nextCursor: "c/2" });
    if (route === "GET /api/events/evt_A%20b") {
      return json(response, 200, { ...rows[0], payload: { name: "Zoë" }, issues: [], deliveries: [] });
    }
    if (["GET /api/events/evt_X", "POST /api/events/evt_X/recheck"].includes(route))
      return void response.writeHead(200, { "content-type": "application/json" }).end(exact);
    if (route === "GET /api/events/evt_X/raw") return void response.writeHead(200).end(`${steering}\n\tZoë`);
    if (route === "GET /api/events/evt_A/raw") return void response.writeHead(200).end(raw);
    if (route === "POST /api/events/evt_A/recheck")
      return json(response, 200, { status: "accepted", id: "evt_A" });
    return json(response, 404, { code: "not_found", detail: "There is no such event" });
  });

describe("sessionhook events", () => {
  it("lists events as an aligned table without characters that could control the terminal", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const { code, stdout, stderr } = await runCli(["events", "list", "--limit", "2"], { env });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[1]).toBe("2026-02-03T00:00:00.000Z  accepted     identity.resolved  evt_B");
    expect(new Set(lines.map((line) => line.indexOf("evt_")).slice(1)).size).toBe(1);
    expect(stdout).not.toContain("\u001b");
    expect(stderr).toBe("more: --cursor c/2\n");
  });

  it.each(["events", "deliveries", "sessions", "people", "companies"])(
    "%s list follows the cursor over short and empty pages, until it has the rows or the list ends",
    async (name) => {
      const pages: Record<string, [ids: string[], next: string | null]> = {
        "": [[], "a"],
        a: [["1"], "b"],
        b: [[], "c"],
        c: [["2", "3"], "d"],
        d: [["4"], null],
      };
      await using server = await startServer((request, response) => {
        const { searchParams } = new URL(request.url, "http://localhost");
        const [ids, nextCursor] = pages[searchParams.get("cursor") ?? ""] ?? [[], null];
        const page = ids.slice(0, Number(searchParams.get("limit"))).map((id) => ({ id, key: id }));
        json(response, 200, { [name]: page, nextCursor });
      });
      const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
      const all = await runCli([name, "list"], { env });
      expect(all).toMatchObject({ code: 0, stderr: "" });
      const idsOf = (text: string) =>
        text
          .trimEnd()
          .split("\n")
          .slice(1)
          .map((line) => line.at(-1));
      expect(idsOf(all.stdout)).toEqual(["1", "2", "3", "4"]);
      const asked = server.received.map(({ url }) => new URL(url, server.url).searchParams.toString());
      expect(asked).toEqual([
        "limit=50",
        "limit=50&cursor=a",
        "limit=49&cursor=b",
        "limit=49&cursor=c",
        "limit=47&cursor=d",
      ]);
      const three = await runCli([name, "list", "--limit", "3"], { env });
      expect([idsOf(three.stdout), three.stderr]).toEqual([["1", "2", "3"], "more: --cursor d\n"]);
      const page = await runCli([name, "list", "--json"], { env });
      expect(JSON.parse(page.stdout)).toEqual({ [name]: [], nextCursor: "a" });
    },
  );

  it.each(["2026-02-30", "2026-11-31T10:00:00Z", "2026-13-01", "2026-01-01T25:00"])(
    "rejects a time that does not exist: %s",
    async (time) => {
      for (const option of ["--since", "--until"]) {
        const result = await runCli(["events", "list", option, time], { env: {} });
        expect(result).toMatchObject({
          code: 2,
          stderr: expect.stringContaining("It must be a duration such as"),
        });
      }
    },
  );

  it("stops a search at Ctrl-C, with the cursor to continue", { timeout: 20_000 }, async () => {
    let pages = 0;
    await using server = await startServer((_, response) => {
      if (++pages === 3) interrupt();
      setTimeout(() => json(response, 200, { events: [], nextCursor: `c${pages}` }), 50);
    });
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    let interrupt = () => undefined as void;
    const running = runCli(["events", "list"], { env, onStart: (kill) => (interrupt = kill) });
    expect(await running).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^no events found so far\nmore: --cursor c[23]\n$/),
    });
  });

  it("does not follow a cursor that does not advance", async () => {
    await using server = await startServer((_, response) =>
      json(response, 200, { events: [], nextCursor: "c" }),
    );
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const { code, stderr } = await runCli(["events", "list"], { env });
    expect([code, stderr]).toEqual([0, "no events found so far\nmore: --cursor c\n"]);
    expect(server.received).toHaveLength(2);
  });

  it("sends the filters to the server, and prints its answer unchanged with --json", async () => {
    await using server = await start();
    const args = ["--status", "accepted", "--type", "a&b", "--q", "evt_", "--limit", "2", "--cursor", "c/2"];
    args.push("--since", "2026-01-01", "--until", "2026-02-01", "--person", "p", "--company", "c");
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
      from: String(Date.UTC(2026, 0, 1)),
      to: String(Date.UTC(2026, 1, 1)),
      person: "p",
      company: "c",
      limit: "2",
      cursor: "c/2",
    });
  });

  it.each([
    ["2026-07-01T09:30:00", Date.UTC(2026, 6, 1, 9, 30)],
    ["2026-07-01T09:30", Date.UTC(2026, 6, 1, 9, 30)],
    ["2026-07-01", Date.UTC(2026, 6, 1)],
    ["2026-07-01T09:30:00-02:00", Date.UTC(2026, 6, 1, 11, 30)],
    ["2026-07-01T09:30:00Z", Date.UTC(2026, 6, 1, 9, 30)],
  ])("reads --since %s in UTC in every time zone", async (since, from) => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port), TZ: "America/New_York" };
    expect(await runCli(["events", "list", "--since", since], { env })).toMatchObject({ code: 0 });
    const { searchParams } = new URL(server.received[0]?.url ?? "", server.url);
    expect(searchParams.get("from")).toBe(String(from));
  });

  it("shows one event, its exact bytes, and rechecks it", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const shown = await runCli(["events", "get", "evt_A b"], { env });
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^status +accepted$/m);
    expect(shown.stdout).toContain('"name": "Zoë"');
    const bytes = await runCli(["events", "get", "evt_A", "--raw"], { env });
    expect(bytes.stdout).toBe(raw.toString("utf8"));
    const rechecked = await runCli(["events", "recheck", "evt_A"], { env });
    expect(rechecked).toEqual({ code: 0, stdout: "rechecked evt_A (accepted)\n", stderr: "" });
  });

  it.each([
    ["get", ["get", "evt_X"]],
    ["recheck", ["recheck", "evt_X"]],
  ])("prints the bytes of the server unchanged with %s --json", async (_, args) => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const result = await runCli(["events", ...args, "--json"], { env });
    expect(result).toEqual({ code: 0, stdout: exact, stderr: "" });
    const shown = await onTerminal(["events", ...args, "--json"], env);
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).not.toMatch(/[^\n\x20-\x7e]/);
    // The same JSON, with escapes for some characters. Compared as text, because the nesting is too deep to parse.
    const escapes = String.raw`\u007f\u0085\u009b2J\u061c\u200f\u2028\u202e\u2066\u2069`;
    expect(shown.stdout).toBe(`${exact.replace(steering, () => escapes).replace("\r", "")}\n`);
  });

  it("prints the list of the server unchanged with list --json", async () => {
    await using server = await startServer((_, response) =>
      response.end(`{"events":[{"id":"${steering}","big":12345678901234567890}],"nextCursor":null}`),
    );
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const { stdout } = await runCli(["events", "list", "--json"], { env });
    expect(stdout).toBe(`{"events":[{"id":"${steering}","big":12345678901234567890}],"nextCursor":null}`);
    const shown = await onTerminal(["events", "list", "--json"], env);
    expect(shown.stdout).not.toMatch(/[^\n\x20-\x7e]/);
    expect(JSON.parse(shown.stdout)).toEqual(JSON.parse(stdout));
  });

  it("shows what a person needs of an event, in tables; --json prints everything", async () => {
    const answer = {
      id: "evt_1",
      version: 1,
      type: "identity.resolved",
      status: "quarantined",
      receivedAt: Date.UTC(2026, 1, 3),
      attemptTimestamp: Date.UTC(2026, 1, 2) / 1000,
      size: 12,
      duplicates: 1,
      position: "after-1",
      signature: "v1,x",
      total: 200,
      exact: false,
      future: "new",
      issues: [
        { path: "data.x", message: "expected string, got \u001b[2J" },
        { path: "", message: "expected object, got null" },
      ],
      versions: [
        { id: "evt_1", version: 1, status: "quarantined", receivedAt: 1 },
        { id: "evt_1", version: 2, status: "conflict", receivedAt: Date.UTC(2026, 1, 4) },
      ],
      deliveries: [
        { id: "dlv_1", destination: "crm", state: "dead", attemptCount: 3, reason: { code: "http_500" } },
      ],
      payload: { n: 1 },
    };
    await using server = await startServer((_request, response) => json(response, 200, answer));
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const { code, stdout, stderr } = await runCli(["events", "get", "evt_1"], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.trimEnd().split("\n")).toEqual([
      "id          evt_1",
      "type        identity.resolved",
      "status      quarantined",
      "received    2026-02-03T00:00:00.000Z",
      "sent        2026-02-02T00:00:00.000Z",
      "signature   v1,x",
      "size        12",
      "duplicates  1",
      "future      new",
      "",
      "more than 200 issues, the first 2",
      "  data.x  expected string, got \ufffd[2J",
      "  (body)  expected object, got null",
      "",
      "other versions (--event-version)",
      "version  status    received",
      "2        conflict  2026-02-04T00:00:00.000Z",
      "",
      "destination  state  attempts  reason    delivery",
      "crm          dead   3         http_500  dlv_1",
      "",
      "payload",
      "{",
      '  "n": 1',
      "}",
    ]);
    const asJson = await runCli(["events", "get", "evt_1", "--json"], { env });
    expect(JSON.parse(asJson.stdout)).toEqual(answer);
  });

  it("shows the numbers and members of a payload unchanged, at any depth", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const { code, stdout, stderr } = await runCli(["events", "get", "evt_X"], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^received +2026-02-03T00:00:00\.000Z$/m);
    for (const line of [
      '"n": 12345678901234567890,',
      '"e": 1e400,',
      '"f": 1.0,',
      '"twice": 1,',
      '"twice": 2,',
    ]) {
      expect(stdout).toContain(`\n  ${line}\n`);
    }
    expect(stdout).toContain(String.raw`"t": "\u007f\u0085\u009b2J`);
    expect(stdout).toContain("[".repeat(19_000));
    expect(stdout).not.toMatch(/[^\n\x20-\x7e]/);
  });

  it("replaces characters in a raw body that could control the terminal, with a note", async () => {
    await using server = await start();
    const env = { SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(server.port) };
    const piped = await runCli(["events", "get", "evt_X", "--raw"], { env });
    expect(piped).toEqual({ code: 0, stdout: `${steering}\n\tZoë`, stderr: "" });
    const shown = await onTerminal(["events", "get", "evt_X", "--raw"], env);
    expect(shown.stdout).toBe(`${"\ufffd".repeat(3)}2J${"\ufffd".repeat(6)}\n\tZoë\n`);
    expect(shown.stderr).toContain("write to a file");
  });

  it("uses the token that the server created at its first start", async () => {
    await using server = await start();
    await using folder = await scratch();
    await mkdir(join(folder.path, "data"));
    await writeFile(join(folder.path, "data/credentials.json"), JSON.stringify({ adminToken: token }));
    const result = await runCli(["events", "list"], { cwd: folder.path, env: { PORT: String(server.port) } });
    expect(result.code).toBe(0);
  });

  it("reports a code for each kind of failure, and never the token", async () => {
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
