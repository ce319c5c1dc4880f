import { chmod, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

/** Several polls, in which an event that must not be printed would be. */
const severalPollsMs = 2500;

/** Follows until the given number of lines is printed and a moment longer, and returns their ids. */
async function tail(port: number, count: number, ...args: string[]): Promise<string[]> {
  let interrupt = () => undefined as void;
  const env = { PORT: String(port), SESSIONHOOK_ADMIN_TOKEN: "token" };
  const longest = setTimeout(() => interrupt(), 40_000);
  let last: NodeJS.Timeout | undefined;
  const result = await runCli(["events", "tail", "--json", ...args], {
    env,
    onStart: (how) => (interrupt = how),
    onOutput: (stdout) => {
      if (stdout.split("\n").length > count) last ??= setTimeout(() => interrupt(), severalPollsMs);
    },
  });
  clearTimeout(longest);
  clearTimeout(last);
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

  const five = () => ["a", "b", "c", "d", "e"].map((id, i) => row(id, `p${i + 1}`));

  it("continues from --after when the newest event is gone", async () => {
    const log = five();
    await using server = await startLog(log, 0, (_, reads) => {
      if (reads === 2) log.splice(4, 1);
      if (reads === 5) log.push(row("f", "p6"));
    });
    expect(await tail(server.port, 3, "--after", "p3")).toEqual(["d", "e", "f"]);
  });

  it("prints only later events when every known event is gone", async () => {
    const log = five();
    await using server = await startLog(log, 0, (_, reads) => {
      if (reads === 2) log.splice(3, 2);
      if (reads === 6) log.push({ ...row("f", "p6"), receivedAt: row("", "").receivedAt + 1 });
    });
    expect(await tail(server.port, 3, "--after", "p3")).toEqual(["d", "e", "f"]);
  });

  it("prints the events of another log that were received later, and none from before --after", async () => {
    const log = five();
    await using server = await startLog(log, 0, (_, reads) => {
      const later = { receivedAt: row("", "").receivedAt + 1 };
      if (reads === 2) log.splice(1, 4, { ...row("x", "p2"), ...later }, { ...row("y", "p3"), ...later });
    });
    expect(await tail(server.port, 4, "--after", "p3")).toEqual(["d", "e", "x", "y"]);
  });

  it("begins again where a server does not know the position any more", async () => {
    const later = { receivedAt: row("", "").receivedAt + 1 };
    let reads = 0;
    await using server = await startServer((request, response) => {
      const after = new URL(request.url, "http://localhost").searchParams.get("after");
      const other = ++reads > 2;
      if (other && after !== "" && !after?.startsWith("q"))
        return json(response, 400, { code: "invalid_query" });
      const [position, events] = other
        ? ["q2", [row("old", "q1"), { ...row("new", "q2"), ...later }]]
        : ["p4", [row("d", "p4")]];
      const unread = events.filter((event) => event.position > (after ?? ""));
      json(response, 200, { events: unread, position, end: true, settleSeconds: 0 });
    });
    expect(await tail(server.port, 2, "--after", "p3")).toEqual(["d", "new"]);
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
        stderr: `error: nothing listens at ${nobody}: start the server, or name another address with --url, or HOST and PORT\n`,
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
  const setup = async () => {
    const server = await startServer((request, response) =>
      request.url.endsWith("/headers") ? json(response, 200, { "webhook-id": "x" }) : response.end("{}"),
    );
    const env = { PORT: String(server.port), SESSIONHOOK_ADMIN_TOKEN: "token" };
    return { server, env };
  };
  const args = ["events", "get", "evt_1", "--save", "in"];

  it("makes existing files readable by their owner alone with --force", async () => {
    const { server, env } = await setup();
    await using _ = server;
    await using folder = await scratch();
    await mkdir(join(folder.path, "in"));
    const paths = ["evt_1.json", "evt_1.headers.json"].map((name) => join(folder.path, "in", name));
    for (const path of paths) {
      await writeFile(path, "before");
      await chmod(path, 0o644);
    }
    expect(await runCli([...args, "--force"], { env, cwd: folder.path })).toMatchObject({
      code: 0,
      stderr: "",
    });
    for (const path of paths) expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await Promise.all(paths.map((path) => readFile(path, "utf8")))).toEqual([
      "{}",
      '{"webhook-id":"x"}',
    ]);
    expect((await readdir(join(folder.path, "in"))).length).toBe(2);
  });

  it.each(["evt_1.json", "evt_1.headers.json"])("writes nothing where only %s exists", async (name) => {
    const { server, env } = await setup();
    await using _ = server;
    await using folder = await scratch();
    const path = join(folder.path, "in", name);
    await mkdir(join(folder.path, "in"));
    await writeFile(path, "before");
    expect(await runCli(args, { env, cwd: folder.path })).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: The file ${path} already exists; --force replaces it\n`,
    });
    expect(await readdir(join(folder.path, "in"))).toEqual([name]);
    expect(await readFile(path, "utf8")).toBe("before");
  });

  it("leaves no file where one cannot be written", async () => {
    const { server, env } = await setup();
    await using _ = server;
    await using folder = await scratch();
    await mkdir(join(folder.path, "in", "evt_1.json"), { recursive: true });
    const result = await runCli([...args, "--force"], { env, cwd: folder.path });
    expect(result).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("evt_1.json cannot be written"),
    });
    expect(await readdir(join(folder.path, "in"))).toEqual(["evt_1.json"]);
  });

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
