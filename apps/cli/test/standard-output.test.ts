import { existsSync } from "node:fs";
import { join } from "node:path";
import { noIssues } from "@sessionhook/core";
import { openSqliteStore } from "@sessionhook/stores/sqlite";
import { describe, expect, it } from "vitest";
import { runCli, runInShell, scratch } from "./run-cli.js";
import { json, startServer } from "./test-server.js";

const token = "token-of-the-tests";
const environment = ({ port }: { port: number }) => ({
  PORT: String(port),
  SESSIONHOOK_ADMIN_TOKEN: token,
  SESSIONHOOK_SECRETS: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
});
const values = { version: 1, type: "t", status: "accepted", receivedAt: 1, body: "x".repeat(500) };
const row = (id: string, position: string) => ({ ...values, id, position });

/** A database in the folder with one event of the session `s1`. */
async function filled(folder: string) {
  const store = await openSqliteStore({ path: join(folder, "data", "sessionhook.db") });
  await store.append([
    {
      id: "evt_1",
      type: null,
      status: "quarantined",
      ...noIssues,
      raw: new TextEncoder().encode('{"data":{"session":{"sid":"s1"}}}'),
      receivedAt: 1,
      attemptTimestamp: 1,
      signature: "v1,x",
    },
  ]);
  return store;
}

/** Starts a server whose replay is done with one dead letter when it was asked about twice. */
function startReplays() {
  let asked = 0;
  return startServer(({ method }, response) => {
    if (method === "POST") return json(response, 200, { id: "rpl_1", matched: 1, exact: true });
    const state = ++asked < 2 ? "running" : "done";
    json(response, 200, { id: "rpl_1", state, matched: 1, counts: { dead: 1 } });
  });
}

const erase = "privacy erase --sid s1 --yes".split(" ");

describe("a reader of standard output that has gone", () => {
  it.each([
    ["standard output", `"$@" | true`],
    ["both outputs", `"$@" 2>&1 | true`],
  ])("does not end an erasure: %s", async (_, line) => {
    await using folder = await scratch();
    const store = await filled(folder.path);
    const result = await runInShell(`set -o pipefail; ${line}`, erase, { cwd: folder.path });
    expect(result).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await store.stats()).quarantined).toBe(0);
    await store.close();
  });

  it("does not end the wait for a replay, nor change its exit code", async () => {
    await using server = await startReplays();
    const env = environment(server);
    const script = `set -o pipefail; "$@" 2>&1 | true`;
    expect(await runInShell(script, ["replay"], { env })).toEqual({ code: 1, stdout: "", stderr: "" });
    expect(server.received.map(({ method }) => method)).toEqual(["POST", "GET", "GET"]);
  });

  it("does not end send", async () => {
    await using server = await startServer((_, response) => json(response, 200, { status: "accepted" }));
    const args = "send --count 20 --rate 40 --json".split(" ");
    const result = await runInShell(`set -o pipefail; "$@" | true`, args, { env: environment(server) });
    expect(result).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(server.received).toHaveLength(20);
  });

  it("ends listen, which reports the position to continue from", { timeout: 30_000 }, async () => {
    // Another event with every answer.
    const log: ReturnType<typeof row>[] = [];
    await using server = await startServer(({ method, url }, response) => {
      if (method === "POST") return void response.writeHead(204).end();
      const number = log.push(row(`evt_${log.length + 1}`, `p${log.length + 1}`));
      const after = /after=p(\d+)/.exec(url)?.[1];
      const page = { events: log.slice(Number(after)), position: `p${number}` };
      json(response, 200, { ...page, end: true, settleSeconds: 0 });
    });
    const args = ["listen", "--forward-to", server.url, "--after", "p0"];
    const secret = ["--secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
    const script = `set -o pipefail; "$@" | head -n 1`;
    const { code, stdout, stderr } = await runInShell(script, [...args, ...secret], {
      env: environment(server),
    });
    expect(code).toBe(0);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stderr).toMatch(/\ncontinue with --after p\d+\n$/);
  });
});

describe.skipIf(!existsSync("/dev/full"))("standard output on a full disk (/dev/full)", () => {
  const message = "standard output cannot be written: ENOSPC";
  const script = `"$@" > /dev/full`;
  const start = () =>
    startServer((_, response) =>
      json(response, 200, {
        events: [row("evt_1", "p1")],
        nextCursor: null,
        position: "p1",
        end: true,
        settleSeconds: 0,
      }),
    );

  it.each(["events list", "events get evt_1", "events tail --after p0", "completion bash", "--help"])(
    "is reported as one error by %s",
    async (line) => {
      await using server = await start();
      const result = await runInShell(script, line.split(" "), { env: environment(server) });
      expect(result).toEqual({ code: 1, stdout: "", stderr: `error: ${message}\n` });
    },
  );

  it.each(["events list --json", "secret new --json", "events list --limit 0 --json"])(
    "is reported as JSON on standard error by %s",
    async (line) => {
      await using server = await start();
      const result = await runInShell(script, line.split(" "), { env: environment(server) });
      expect(result.code).toBe(line.includes("--limit 0") ? 2 : 1);
      expect(JSON.parse(result.stderr)).toEqual({ error: { code: "output_failed", message } });
    },
  );

  it("ends an export, which prints the position to continue from: after the last event that is written", async () => {
    await using server = await start();
    const env = environment(server);
    const result = await runInShell(script, ["events", "export", "--after", "p0"], { env });
    expect(result).toEqual({
      code: 1,
      stdout: "",
      stderr: `0 events, not all; continue with --after p0\nerror: ${message}\n`,
    });
  });

  it("ends an export of sessions", async () => {
    await using server = await startServer((_, response) =>
      response.writeHead(200, { "content-type": "text/csv" }).end("id\r\n1\r\n"),
    );
    const args = ["sessions", "export", "--format", "csv"];
    const result = await runInShell(script, args, { env: environment(server) });
    expect(result).toEqual({ code: 1, stdout: "", stderr: `error: ${message}\n` });
  });

  it("ends an export of a person", async () => {
    await using folder = await scratch();
    await using _ = await filled(folder.path).then((store) => ({
      [Symbol.asyncDispose]: () => store.close(),
    }));
    const result = await runInShell(script, ["privacy", "export", "--sid", "s1"], { cwd: folder.path });
    expect(result).toEqual({ code: 1, stdout: "", stderr: `error: ${message}\n` });
  });

  it("does not end an erasure", async () => {
    await using folder = await scratch();
    const store = await filled(folder.path);
    const result = await runInShell(script, erase, { cwd: folder.path });
    expect(result).toEqual({ code: 1, stdout: "", stderr: `error: ${message}\n` });
    expect((await store.stats()).quarantined).toBe(0);
    await store.close();
    const again = await runCli(erase, { cwd: folder.path });
    expect(again.stdout).toContain("Nothing was erased.");
  });
});
