import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { onTerminal } from "./on-terminal.js";
import { withoutValue } from "../src/visits/without-value.js";
import { runCli, scratch, sessionhook } from "./run-cli.js";
import { json, type Received, startServer } from "./test-server.js";

const token = "token-of-the-tests";
const session = {
  id: "ses_1",
  eventId: "evt_1",
  startedAt: Date.UTC(2026, 1, 3),
  durationSeconds: 125,
  pageCount: 3,
  source: "google",
  country: "DE",
  personName: "Zoë \u001b[2J",
  companyName: null,
  companyDomain: "engines.example",
};
/** Numbers and members that parsing would change. */
const exact = `{"sessions":[{"id":"ses_1","big":12345678901234567890,"f":1.0}],"nextCursor":"c/2","examinedTo":null}`;

const start = (more: Parameters<typeof startServer>[0] = () => undefined) =>
  startServer((request, response) => {
    if (request.headers.authorization !== `Bearer ${token}`)
      return json(response, 401, { code: "unauthorized" });
    more(request, response);
  });
const envOf = ({ port }: { port: number }) => ({ SESSIONHOOK_ADMIN_TOKEN: token, PORT: String(port) });
const queryOf = (received: Received | undefined) =>
  Object.fromEntries(new URL(received?.url ?? "", "http://localhost").searchParams);

describe("lists of visits", () => {
  it("show sessions as an aligned table without characters that could control the terminal", async () => {
    await using server = await start((_request, response) =>
      json(response, 200, { sessions: [session], nextCursor: "c/2" }),
    );
    const { code, stdout, stderr } = await runCli(["sessions", "list"], { env: envOf(server) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "more: --cursor c/2\n" });
    expect(stdout.split("\n")[1]).toBe(
      "2026-02-03T00:00:00.000Z  2 min     3      google  DE       Zoë \ufffd[2J  engines.example  ses_1",
    );
  });

  it("send every filter, and print the answer of the server unchanged with --json", async () => {
    await using server = await start((_request, response) => void response.end(exact));
    const args =
      "--q ada --since 2026-01-01 --until 2026-02-01T00:00:00Z --source a&b --medium m --campaign c --landing-page /p --referrer r --country DE --company k" +
      " --employees-from 0 --employees-to 9 --no-identified --bots without --person p --visitor v --limit 2 --cursor c/2 --json";
    const result = await runCli(["sessions", "list", ...args.split(" ")], { env: envOf(server) });
    expect(result).toEqual({ code: 0, stdout: exact, stderr: "" });
    expect(queryOf(server.received[0])).toEqual({
      q: "ada",
      from: String(Date.UTC(2026, 0, 1)),
      to: String(Date.UTC(2026, 1, 1)),
      source: "a&b",
      medium: "m",
      campaign: "c",
      landingPage: "/p",
      referrer: "r",
      country: "DE",
      company: "k",
      employeesFrom: "0",
      employeesTo: "9",
      identified: "false",
      bots: "without",
      person: "p",
      visitorId: "v",
      limit: "2",
      cursor: "c/2",
    });
  });

  it.each(["sessions", "people", "companies"])(
    "of %s say that there are none, and where to go on",
    async (list) => {
      await using server = await start((_request, response) =>
        json(response, 200, { [list]: [], nextCursor: "c" }),
      );
      const result = await runCli([list, "list"], { env: envOf(server) });
      expect(result).toEqual({ code: 0, stdout: "", stderr: `no ${list} found so far\nmore: --cursor c\n` });
      expect(server.received.map(queryOf)).toEqual([{ limit: "50" }, { limit: "50", cursor: "c" }]);
    },
  );

  it.each([
    ["sessions", "ses_a/b"],
    ["people", "per_a/b"],
    ["companies", "com_a/b"],
  ])("show one of %s", async (list, id) => {
    await using server = await start((_request, response) =>
      json(response, 200, { id, firstAt: Date.UTC(2026, 1, 3), name: null, first: { source: "\u202eevil" } }),
    );
    const { code, stdout } = await runCli([list, "get", id], { env: envOf(server) });
    expect(code).toBe(0);
    expect(server.received[0]?.url).toBe(`/api/${list}/${encodeURIComponent(id)}`);
    expect(stdout).toMatch(/^firstAt +2026-02-03T00:00:00\.000Z$/m);
    expect(stdout).toContain('"source": "\\u202eevil"');
    expect(await runCli([list, "get", ".."], { env: envOf(server) })).toMatchObject({ code: 2 });
  });

  it("show attribution with the values left out and the total", async () => {
    const counts = { sessions: 3, people: 2, companies: 1 };
    await using server = await start((_request, response) =>
      json(response, 200, {
        rows: [
          { value: "google", ...counts },
          { value: null, ...counts },
        ],
        others: { values: 7, ...counts },
        total: { sessions: 9, people: 6, companies: 3 },
        days: [],
      }),
    );
    const { stdout } = await runCli(["attribution", "--by", "campaign", "--model", "last"], {
      env: envOf(server),
    });
    expect(stdout.trimEnd().split("\n")).toEqual([
      "sessions  people  companies  campaign",
      "3         2       1          google",
      "3         2       1          No campaign",
      "3         2       1          (7 others)",
      "9         6       3          (total)",
      "",
      "People and companies count for the origin of their last session (--model first: of their first).",
    ]);
    expect(queryOf(server.received[0])).toEqual({ model: "last", by: "campaign", limit: "50" });
    const wrong = await runCli(["attribution", "--json", "--format", "csv"], { env: envOf(server) });
    expect(wrong).toMatchObject({ code: 2 });
    const form = await runCli(["attribution", "--output", "a.csv"], { env: envOf(server) });
    expect(form).toMatchObject({
      code: 2,
      stderr: "error: --output needs --format csv or --format ndjson\n",
    });
  });

  it("show the texts of the inbox for sessions without a value", async () => {
    const names = new URL("../../../packages/inbox/src/attribution/names.ts", import.meta.url);
    const texts = [...(await readFile(names, "utf8")).matchAll(/^ {2}(\w+): \{.* none: "([^"]+)"/gm)];
    expect(texts.length).toBe(6);
    expect(texts.map(([, part = ""]) => withoutValue(part))).toEqual(texts.map(([, , text]) => text));
    expect(withoutValue("source")).toBe("Direct");
  });
});

describe("exports of visits", () => {
  const csv = "text/csv; charset=utf-8";

  it.each([
    [
      ["sessions", "export", "--format", "csv", "--identified", "--source", ""],
      "text/csv",
      { identified: "true", source: "" },
    ],
    [["sessions", "export"], "application/x-ndjson", {}],
    [["attribution", "--format", "csv"], "text/csv", { model: "first", by: "source", limit: "50" }],
  ])("%j writes the bytes of the server", async (args, type, query) => {
    const bytes = Buffer.from("id,name\r\n1,Zoë\u001b\r\n");
    await using server = await start((_request, response) =>
      response.writeHead(200, { "content-type": type }).end(bytes),
    );
    const result = await runCli(args, { env: envOf(server) });
    expect(result).toEqual({ code: 0, stdout: bytes.toString(), stderr: "" });
    expect(server.received[0]?.headers.accept).toBe(type);
    expect(queryOf(server.received[0])).toEqual(query);
    const shown = await onTerminal(args, envOf(server));
    expect(shown.stdout).not.toContain("\u001b");
  });

  it.each([[["sessions", "export"]], [["attribution", "--format", "ndjson"]]])(
    "%j --output writes a new private file, and never replaces one",
    async (command) => {
      await using folder = await scratch();
      const line = '{"id":"ses_1"}\n';
      await using server = await start((_request, response) =>
        response.writeHead(200, { "content-type": "application/x-ndjson" }).end(line),
      );
      const setup = { env: envOf(server), cwd: folder.path };
      const args = [...command, "--output", "out.ndjson"];
      const file = join(folder.path, "out.ndjson");
      expect(await runCli(args, setup)).toEqual({
        code: 0,
        stdout: "",
        stderr: `${line.length} bytes written to ${file}\n`,
      });
      expect(await readFile(file, "utf8")).toBe(line);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await writeFile(file, "precious");
      const again = await runCli(args, setup);
      expect(again).toEqual({ code: 2, stdout: "", stderr: `error: The file ${file} already exists\n` });
      expect(await readFile(file, "utf8")).toBe("precious");
      const lost = await runCli([...command, "--output", "none/out.ndjson"], setup);
      expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining("There is no folder") });
    },
  );

  it("delete a file of --output that is not complete", async () => {
    await using folder = await scratch();
    await using server = await start((_request, response) => {
      response.writeHead(200, { "content-type": "application/x-ndjson" }).write("{}\n");
      setTimeout(() => response.destroy(), 50);
    });
    const args = ["sessions", "export", "--output", "out.ndjson"];
    expect(await runCli(args, { env: envOf(server), cwd: folder.path })).toEqual({
      code: 1,
      stdout: "",
      stderr: "error: The export broke off: the file was not complete and is deleted\n",
    });
    await expect(stat(join(folder.path, "out.ndjson"))).rejects.toThrow("ENOENT");
  });

  it("fail where the connection breaks, and where a proxy has hidden that it broke", async () => {
    const broken = await start((_request, response) => {
      response.writeHead(200, { "content-type": csv }).write("id\r\n1\r\n");
      setTimeout(() => response.destroy(), 50);
    });
    await using server = broken;
    const args = ["sessions", "export", "--format", "csv"];
    const result = await runCli(args, { env: envOf(server) });
    expect(result).toMatchObject({ code: 1, stdout: "id\r\n1\r\n" });
    expect(result.stderr).toBe("error: The export broke off: what is written is not complete\n");
    await using proxy = await start((_request, response) =>
      response.writeHead(200, { "content-type": csv }).end('id\r\n1\r\n"The export broke off'),
    );
    expect(await runCli(args, { env: envOf(proxy) })).toMatchObject({ code: 1, stderr: result.stderr });
  });

  it("fail with the reason of the server, and for a server that does not know exports", async () => {
    await using server = await start((request, response) => {
      if (request.url.includes("q=old")) return json(response, 200, { sessions: [] });
      json(response, 404, { code: "not_found", detail: "This server does not derive sessions" });
    });
    const args = ["sessions", "export", "--json"];
    const absent = await runCli(args, { env: envOf(server) });
    expect(absent).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(absent.stdout)).toMatchObject({ error: { code: "not_found" } });
    const older = await runCli([...args, "--q", "old"], { env: envOf(server) });
    expect(JSON.parse(older.stdout)).toMatchObject({ error: { code: "bad_answer" } });
  });

  it("end with 1 when interrupted", async () => {
    await using server = await start((_request, response) => {
      response.writeHead(200, { "content-type": csv }).write("id\r\n");
    });
    const running = runCli(["sessions", "export", "--format", "csv"], {
      env: envOf(server),
      onStart: (interrupt) => {
        const timer = setInterval(() => {
          if (server.received.length === 0) return;
          clearInterval(timer);
          setTimeout(interrupt, 300);
        }, 20);
      },
    });
    const { code, stderr } = await running;
    expect({ code, stderr }).toEqual({ code: 1, stderr: "interrupted: what is written is not complete\n" });
  });

  it("wait for an output that is slower than the server", async () => {
    const [chunk, count] = [Buffer.from(`${"x".repeat(65_534)}\r\n`), 400];
    let sent = 0;
    await using server = await start((_request, response) => {
      response.writeHead(200, { "content-type": csv });
      const write = () => {
        while (sent < count) {
          sent++;
          if (!response.write(chunk)) return void response.once("drain", write);
        }
        response.end();
      };
      write();
    });
    await using folder = await scratch();
    const [node, cli] = sessionhook;
    const child = spawn(node, [cli, ..."sessions export --format csv".split(" ")], {
      env: { PATH: process.env["PATH"] ?? "", ...envOf(server) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await expect.poll(() => sent, { timeout: 20_000 }).toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(sent).toBeLessThan(count / 2);
    const file = createWriteStream(join(folder.path, "out.csv"));
    child.stdout.pipe(file);
    const code = await new Promise((resolve) => child.on("close", resolve));
    expect({ code, size: file.bytesWritten }).toEqual({ code: 0, size: count * chunk.length });
  });
});
