import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateSecret, sign, verifySignature } from "@sessionhook/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppCommand, AppProcess } from "@sessionhook/conformance/app-suite";
import { startCommand } from "../../../scripts/runtimes.mjs";

const cli = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));
const localSecret = generateSecret();
const adminToken = "an-admin-token-for-tests";
const patience = { timeout: 30_000 };

/** A running `sessionhook`. */
class Cli {
  stdout = "";
  stderr = "";
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;

  constructor(app: AppProcess, args: readonly string[], env: Record<string, string> = {}) {
    const own = { PATH: process.env["PATH"] ?? "", SESSIONHOOK_ADMIN_TOKEN: adminToken };
    this.child = spawn(process.execPath, [cli, ...args], {
      cwd: app.folder,
      env: { ...own, PORT: new URL(app.origin).port, ...env },
    });
    this.child.stdout?.on("data", (chunk) => (this.stdout += String(chunk)));
    this.child.stderr?.on("data", (chunk) => (this.stderr += String(chunk)));
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
  }

  get lines(): string[] {
    return this.stdout.split("\n").filter((line) => line !== "");
  }

  async interrupt(): Promise<number | null> {
    this.child.kill("SIGINT");
    return this.ended;
  }
}

/** The app on the developer's machine. */
class LocalApp {
  readonly received: { id: string; body: Buffer; headers: IncomingHttpHeaders }[] = [];
  status = 204;
  #server: Server | undefined;
  port = 0;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { headers } = request;
        this.received.push({ id: String(headers["webhook-id"]), body: Buffer.concat(chunks), headers });
        response.writeHead(this.status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(this.port, "127.0.0.1", resolve));
    this.port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    await new Promise<void>((resolve) => {
      server?.close(() => resolve());
      server?.closeAllConnections();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/webhooks`;
  }
}

/** Starts an app again on its port. */
async function restart(app: AppProcess): Promise<void> {
  app.env["PORT"] = new URL(app.origin).port;
  await app.end("SIGKILL");
  await app.start();
}

const ids = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}_${i}`);
const sendAll = async (app: AppProcess, list: readonly string[]) => {
  for (const id of list) expect((await app.send(id, JSON.stringify({ id, type: "x" }))).status).toBe(200);
};

describe.each(["sqlite:./data/follow.db", "memory:"])("following a running app on %s", (store) => {
  const app = new AppProcess(((env) => startCommand("node", env)) as AppCommand, {
    SESSIONHOOK_STORE: store,
  });
  const local = new LocalApp();
  beforeAll(async () => {
    await Promise.all([app.start(), local.start()]);
  });
  afterAll(async () => {
    await local.stop();
    await app.cleanUp();
  });
  const listen = (...args: string[]) =>
    new Cli(app, ["listen", "--forward-to", local.url, "--secret", localSecret, ...args]);
  const forwarded = () => local.received.map(({ id }) => id);

  it(
    "listen forwards each new event once across restarts of both sides, and tail prints the same events",
    { timeout: 120_000 },
    async () => {
      await sendAll(app, ["evt_before"]);
      const cli = listen();
      const tail = new Cli(app, ["events", "tail", "--json"]);
      await expect.poll(() => cli.stderr, patience).toContain("forwarding to");
      // Tail does not report that it has begun.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      const all = [ids("one", 5), ids("two", 5), ids("three", 5), ids("four", 5)];
      await sendAll(app, all[0] ?? []);
      await expect.poll(forwarded, patience).toHaveLength(5);
      // What is only in memory is gone with the app.
      await expect.poll(() => tail.lines, patience).toHaveLength(5);
      await restart(app);
      await sendAll(app, all[1] ?? []);
      await expect.poll(forwarded, patience).toHaveLength(10);
      await local.stop();
      await sendAll(app, all[2] ?? []);
      await expect.poll(() => cli.stderr, patience).toContain("ECONNREFUSED");
      local.status = 500;
      await local.start();
      await expect.poll(forwarded, patience).toHaveLength(15);
      await expect.poll(() => tail.lines, patience).toHaveLength(15);
      // Down while the listener polls, and everything arrives before it asks again.
      await restart(app);
      await sendAll(app, all[3] ?? []);
      await expect.poll(() => tail.lines, patience).toHaveLength(20);
      await expect.poll(forwarded, patience).toHaveLength(20);
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(forwarded()).toEqual(all.flat());
      expect(tail.lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(all.flat());
      expect(await cli.interrupt()).toBe(0);
      expect(await tail.interrupt()).toBe(0);
      expect(cli.lines).toHaveLength(20);
      expect(cli.lines[0]).toMatch(/Z {2}204 +x +one_0 {2}\d+ ms$/);
      expect(cli.lines.at(-1)).toMatch(/ {2}500 /);
      for (const { body, headers } of local.received)
        expect(verifySignature(body, { headers, secrets: localSecret }).id).toBe(headers["webhook-id"]);
    },
  );

  it(
    "listen forwards the exact bytes, from an earlier time on, and says where to go on",
    { timeout: 60_000 },
    async () => {
      local.received.length = 0;
      local.status = 204;
      const bytes = Uint8Array.of(0xff, 0, 0x0d, 0x0a);
      expect((await app.send("evt_bytes", bytes)).status).toBe(200);
      const cli = listen("--since", "1m", "--json");
      await expect.poll(forwarded, patience).toContain("evt_bytes");
      expect(local.received.at(-1)?.body).toEqual(Buffer.from(bytes));
      expect(await cli.interrupt()).toBe(0);
      const [, position = ""] = /--after (\S+)/.exec(cli.stderr) ?? [];
      const last = JSON.parse(cli.lines.at(-1) ?? "") as object;
      expect(last).toMatchObject({ id: "evt_bytes", version: 1, httpStatus: 204, position });
      local.received.length = 0;
      const resumed = listen("--after", position);
      await sendAll(app, ["evt_after"]);
      await expect.poll(forwarded, patience).toEqual(["evt_after"]);
      expect(await resumed.interrupt()).toBe(0);
    },
  );

  it("export writes every event once with its bytes, resumes, and filters", { timeout: 60_000 }, async () => {
    const run = async (...args: string[]) => {
      const cli = new Cli(app, ["events", "export", ...args]);
      expect(await cli.ended).toBe(0);
      return cli.lines.map(
        (line) => JSON.parse(line) as { id: string; position: string; bodyBase64?: string },
      );
    };
    const list = async (query: string) =>
      ((await app.json(`/events?limit=500${query}`)) as { events: { id: string }[] }).events.map(
        ({ id }) => id,
      );
    const all = await run();
    expect(all.map(({ id }) => id)).toEqual((await list("")).toReversed());
    const binary = all.find(({ id }) => id === "evt_bytes");
    expect(binary?.bodyBase64).toBe(Buffer.from([0xff, 0, 0x0d, 0x0a]).toString("base64"));
    const rest = await run("--after", all[2]?.position ?? "");
    expect(rest).toEqual(all.slice(3));
    expect((await run("--status", "quarantined")).map(({ id }) => id)).toEqual(
      (await list("&status=quarantined")).toReversed(),
    );
  });
});

describe("against the running app", () => {
  const rotated = [generateSecret(), generateSecret()] as const;
  const app = new AppProcess(((env) => startCommand("node", env)) as AppCommand, {
    SESSIONHOOK_SECRETS: rotated.join(" "),
    SESSIONHOOK_BASE_PATH: "/hooks",
  });
  beforeAll(() => app.start());
  afterAll(() => app.cleanUp());
  const run = async (args: readonly string[], env: Record<string, string> = {}) => {
    const cli = new Cli(app, args, { SESSIONHOOK_BASE_PATH: "/hooks", ...env });
    return { code: await cli.ended, stdout: cli.stdout, stderr: cli.stderr };
  };

  it("open creates a link that signs in once, also below a base path and with --url", async () => {
    const bare = app.origin.replace(/\/hooks$/, "");
    for (const [args, env] of [
      [[], {}],
      [["--url", app.origin], { SESSIONHOOK_BASE_PATH: "" }],
      [["--url", `${app.origin}/webhooks`], { SESSIONHOOK_BASE_PATH: "" }],
    ] as const) {
      const { code, stdout, stderr } = await run(["open", "--print", ...args], env);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hooks\/login\/once\?code=[0-9a-f]{64}\n$/);
      const first = await fetch(stdout.trim(), { redirect: "manual" });
      expect([first.status, first.headers.get("location")]).toEqual([303, "/hooks/"]);
      expect((await fetch(stdout.trim(), { redirect: "manual" })).status).toBe(401);
    }
    const json = await run(["open", "--print", "--json", "--url", bare]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      url: expect.stringContaining(`${bare}/login/once?code=`),
    });
  });

  it.skipIf(spawnSync("script", ["--version"]).status !== 0)(
    "open prints the link on a terminal, and opens it in a browser on a desktop (needs script of util-linux)",
    async () => {
      const browser = join(app.folder, "xdg-open");
      const opened = join(app.folder, "opened");
      writeFileSync(browser, `#!/bin/sh\nprintf %s "$1" > '${opened}'\n`, { mode: 0o755 });
      const command = `'${process.execPath}' '${cli}' open`;
      const env = {
        PATH: `${app.folder}:${process.env["PATH"] ?? ""}`,
        PORT: new URL(app.origin).port,
        SESSIONHOOK_BASE_PATH: "/hooks",
        SESSIONHOOK_ADMIN_TOKEN: adminToken,
        DISPLAY: ":0",
      };
      const shown = spawnSync("script", ["-qefc", command, "/dev/null"], { env, encoding: "utf8" });
      expect(shown.stdout.trim()).toMatch(/^http:\S+\/hooks\/login\/once\?code=[0-9a-f]{64}$/);
      await expect.poll(() => readFileSync(opened, "utf8"), patience).toBe(shown.stdout.trim());
    },
  );

  it("open prints no link if standard output is not a terminal, with or without --json", async () => {
    for (const args of [["open"], ["open", "--json"]]) {
      const { code, stdout, stderr } = await run(args);
      expect([code, stdout + stderr]).toEqual([2, expect.stringContaining("--print")]);
      expect(stdout + stderr).not.toContain("code=");
    }
    const wrong = await run(["open", "--print", "--token", "wrong"]);
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("does not accept the admin token"),
    });
  });

  it("verify accepts the files of events get --save, also for a message signed with the old secret", async () => {
    const [, old] = rotated;
    const env = { SESSIONHOOK_SECRETS: old };
    const sent = await run(["send"], env);
    const [, id = ""] = /^accepted (\S+)/.exec(sent.stdout) ?? [];
    const saved = await run(["events", "get", id, "--save", "captured/deep"]);
    expect(saved).toMatchObject({ code: 0, stderr: "" });
    const args = saved.stdout.trim().split(" ").slice(1);
    const both = { SESSIONHOOK_SECRETS: rotated.join(" ") };
    expect(await run(args, both)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^genuine +yes/) });
    const paths = JSON.parse(
      (await run(["events", "get", id, "--save", "captured/deep", "--json", "--force"])).stdout,
    ) as { headers: string; body: string };
    expect(await run(["verify", "--headers", paths.headers, paths.body], both)).toMatchObject({ code: 0 });
    const raw = new Uint8Array(
      await (
        await fetch(`${app.origin}/api/events/${id}/raw`, {
          headers: { authorization: `Bearer ${adminToken}` },
        })
      ).arrayBuffer(),
    );
    expect(new Uint8Array(readFileSync(paths.body))).toEqual(raw);
    const onlyNew = await run(["verify", "--headers", paths.headers, paths.body], {
      SESSIONHOOK_SECRETS: rotated[0],
    });
    expect(onlyNew).toMatchObject({ code: 1, stdout: expect.stringContaining("signature_mismatch") });
    expect(await run(["events", "get", id, "--save", "captured/deep"])).toMatchObject({ code: 2 });
    writeFileSync(join(app.folder, "file"), "");
    expect(await run(["events", "get", id, "--save", "file"])).toMatchObject({ code: 2 });
  });

  it("verify accepts the files of events get --save for each version with any bytes and id", async () => {
    const env = { SESSIONHOOK_SECRETS: rotated[0] };
    const id = "evt_../\u{2f}x;$(id)'";
    for (const [version, body] of ["\ufeff{}\r\n", Buffer.from([0xff, 0x0a]), "text"].entries()) {
      const headers = sign(body, { id: "evt_v/x", secret: rotated[0] });
      expect((await app.post(new Uint8Array(Buffer.from(body)), { ...headers })).status).toBe(200);
      const saved = await run([
        "events",
        "get",
        "evt_v/x",
        "--save",
        "v",
        "--event-version",
        String(version + 1),
      ]);
      expect(saved).toMatchObject({ code: 0, stderr: "" });
      const { stdout } = await run(saved.stdout.trim().split(" ").slice(1), env);
      expect(stdout).toMatch(/^genuine +yes/);
    }
    expect(await run(["events", "get", id, "--save", "v"])).toMatchObject({ code: 1 });
  });

  it("listen requires a terminal to show the secret that it creates", async () => {
    const args = ["listen", "--forward-to", "http://127.0.0.1:1/"];
    expect(await run(args)).toMatchObject({ code: 2, stderr: expect.stringContaining("--print-secret") });
    expect(await run([...args, "--secret", "whpk_AAAA"])).toMatchObject({ code: 2 });
    expect(await run([...args, "--secret", "abc"])).toMatchObject({ code: 2, stdout: "" });
    const cli = new Cli(app, [...args, "--print-secret"], { SESSIONHOOK_BASE_PATH: "/hooks" });
    await expect.poll(() => cli.stderr, patience).toMatch(/signing secret of this run: whsec_\S+ /);
    expect(await cli.interrupt()).toBe(0);
  });
});
