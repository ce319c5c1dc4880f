import { describe, expect, it } from "vitest";
import { runCli, scratch } from "./run-cli.js";
import { json, type Received, startServer } from "./test-server.js";

interface Stored {
  readonly id: string;
  readonly version: number;
  readonly type: string;
  readonly status: string;
  readonly receivedAt: number;
  readonly position: string;
  readonly body: string;
}

const row = (id: string, position: string): Stored => ({
  id,
  version: 1,
  type: "t",
  status: "accepted",
  receivedAt: 1_770_000_000_000,
  position,
  body: "{}",
});

/** Starts a server whose log the test changes; the log is in the order of positions. */
async function startLog(
  log: Stored[],
  settleSeconds: number,
  onRead: (after: string, reads: number) => void,
) {
  let reads = 0;
  return startServer((request, response) => {
    const { searchParams } = new URL(request.url, "http://localhost");
    const after = searchParams.get("after");
    const ordered = log.toSorted((a, b) => (a.position < b.position ? -1 : 1));
    if (after === null)
      return json(response, 200, { events: ordered.toReversed().slice(0, 2), nextCursor: null });
    const events = ordered.filter(({ position }) => position > after);
    json(response, 200, { events, position: ordered.at(-1)?.position ?? after, end: true, settleSeconds });
    onRead(after, ++reads);
  });
}

/** Follows until the given number of lines is printed, and returns their ids. */
async function tail(port: number, count: number, ...args: string[]): Promise<string[]> {
  let interrupt = () => undefined as void;
  const env = { PORT: String(port), SESSIONHOOK_ADMIN_TOKEN: "token" };
  const timer = setTimeout(() => interrupt(), 6000 + count * 100);
  const result = await runCli(["events", "tail", "--json", ...args], {
    env,
    onStart: (how) => (interrupt = how),
  });
  clearTimeout(timer);
  expect(result.code).toBe(0);
  return result.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as Stored).id);
}

describe("following the event log", () => {
  it("finds an event that appears below a position that was read, if the store reports that this can happen", async () => {
    const log = [row("a", "p1")];
    await using server = await startLog(log, 120, (_, reads) => {
      if (reads === 1) log.push(row("c", "p3"), row("d", "p4"));
      if (reads === 3) log.push(row("late", "p2"));
    });
    expect(await tail(server.port, 3)).toEqual(["c", "d", "late"]);
  });

  it("reads only the last event again if events appear in order", async () => {
    const log = [row("a", "p1")];
    const asked: string[] = [];
    await using server = await startLog(log, 0, (after, reads) => {
      asked.push(after);
      if (reads === 1) log.push(row("b", "p2"), row("c", "p3"), row("d", "p4"));
    });
    expect(await tail(server.port, 3)).toEqual(["b", "c", "d"]);
    expect(new Set(asked)).toEqual(new Set(["", "p3"]));
  });

  it("reads another log with the same positions from its start in order, and prints no event twice", async () => {
    const log = [row("a", "p1"), row("b", "p2")];
    await using server = await startLog(log, 0, (_, reads) => {
      if (reads === 2) log.splice(0, 2, row("x", "p0"), row("b", "p1"), row("y", "p2"));
    });
    expect(await tail(server.port, 2)).toEqual(["x", "y"]);
  });

  it("sends the filters to the server and begins after the position of --after", async () => {
    const log = [row("a", "p1"), row("b", "p2")];
    await using server = await startLog(log, 0, () => undefined);
    expect(await tail(server.port, 1, "--after", "p1", "--status", "accepted", "--type", "t")).toEqual(["b"]);
    const { searchParams } = new URL((server.received[0] as Received).url, "http://localhost");
    expect(Object.fromEntries(searchParams)).toEqual({
      after: "p1",
      limit: "500",
      status: "accepted",
      type: "t",
    });
  });
});

describe("events export", () => {
  it("writes the lines of the server unchanged, and prints the position to continue from when the server stops", async () => {
    let pages = 0;
    await using server = await startServer((_, response) => {
      if (++pages > 2) return json(response, 503, { code: "store_unavailable" });
      const event = JSON.stringify(row(`e${pages}`, `p${pages}`)).replace(
        "{",
        '{ "n": 12345678901234567890, ',
      );
      response.end(`{"events":[${event}],"position":"p${pages}","end":false,"settleSeconds":0}`);
    });
    const env = { PORT: String(server.port), SESSIONHOOK_ADMIN_TOKEN: "token" };
    const result = await runCli(["events", "export", "--json"], { env });
    expect(result.code).toBe(1);
    const lines = result.stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain('"n":12345678901234567890,');
    expect(JSON.parse(lines[2] ?? "")).toMatchObject({ error: { code: "store_unavailable" } });
    expect(result.stderr).toBe("2 events, not all; continue with --after p2\n");
  });
});

describe("an unreachable server or another service", () => {
  const commands = [
    ["events", "list"],
    ["events", "tail"],
    ["events", "export"],
    ["open", "--print"],
    ["listen", "--forward-to", "http://127.0.0.1:1/", "--secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  ];
  const token = ["--token", "token"];
  /** A port on which nothing listens. */
  const closedPort = async () => {
    await using server = await startServer(() => undefined);
    return server.port;
  };

  it.each(commands)(
    "is reported by %s %s",
    async (...args) => {
      const nobody = `http://127.0.0.1:${await closedPort()}`;
      const refused = await runCli([...args, ...token, "--url", nobody]);
      expect(refused).toMatchObject({
        code: 1,
        stderr: `error: nothing listens at ${nobody}, start it with npm start\n`,
      });
      const proxied = await runCli([...args, ...token, "--url", nobody], {
        env: { HTTP_PROXY: "http://proxy:1" },
      });
      expect(proxied.stderr).toContain("HTTP_PROXY is set, and Node uses it only with NODE_USE_ENV_PROXY=1");
      await using server = await startServer((request, response) => {
        if (request.url.startsWith("/wrong")) return json(response, 401, { code: "unauthorized" });
        if (request.url.startsWith("/moved"))
          return void response.writeHead(301, { location: "https://other.example/x" }).end();
        if (request.url.startsWith("/proxy")) return void response.writeHead(502).end("<html>Bad gateway");
        response.end("<!doctype html>");
      });
      const message = async (path: string) => {
        const result = await runCli([...args, ...token, "--url", server.url + path]);
        expect(result.code).toBe(1);
        return result.stderr;
      };
      expect(await message("/wrong")).toContain(
        `The server at ${server.url} does not accept the admin token`,
      );
      expect(await message("/moved")).toContain("redirects to https://other.example: give the URL");
      expect(await message("/proxy")).toContain("502");
      expect(await message("/page")).toContain("not JSON; is this a Sessionhook server?");
      const tls = await runCli([...args, ...token, "--url", server.url.replace("http:", "https:")]);
      const bad = await runCli([...args, ...token, "--url", "http://127.0.0.1:6000"]);
      expect(bad.stderr).toContain("fetch does not connect to port 6000");
      expect(tls.stderr).toContain("http:// instead of https://");
    },
    60_000,
  );
});

describe("events get --save", () => {
  it("writes into the given folder for any id", async () => {
    await using server = await startServer((request, response) =>
      request.url.endsWith("/headers") ? json(response, 200, { "webhook-id": "x" }) : response.end("{}"),
    );
    await using folder = await scratch();
    const env = { PORT: String(server.port), SESSIONHOOK_ADMIN_TOKEN: "token" };
    const args = ["events", "get", "../../-$(x)", "--save", "in", "--json"];
    const { stdout } = await runCli(args, { env, cwd: folder.path });
    expect(JSON.parse(stdout)).toEqual({
      headers: expect.stringMatching(/\/in\/_-_x_\.headers\.json$/),
      body: expect.stringMatching(/\/in\/_-_x_\.json$/),
    });
  });
});
