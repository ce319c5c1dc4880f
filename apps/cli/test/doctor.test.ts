import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ServerResponse } from "node:http";
import { openSqliteStore, recordBackup } from "@sessionhook/stores/sqlite";
import { describe, expect, it } from "vitest";
import { checkSpace } from "../src/doctor/space.js";
import { runCli, scratch } from "./run-cli.js";
import { json, type Received, startServer } from "./test-server.js";

interface Found {
  readonly check: string;
  readonly outcome: string;
  readonly message: string;
  readonly action: string | null;
}

type Setup = NonNullable<Parameters<typeof runCli>[1]>;

/** Runs `doctor --json` and returns a function that finds the findings of a check. */
async function examine(setup: Setup, ...args: string[]) {
  const { code, stdout, stderr } = await runCli(["doctor", "--json", ...args], setup);
  expect(stderr).toBe("");
  const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: Found[] };
  expect(code).toBe(ok ? 0 : 1);
  expect(ok).toBe(!findings.some(({ outcome }) => outcome === "failed"));
  return { code, stdout, of: (check: string) => findings.filter((finding) => finding.check === check) };
}

const token = "t0ken";
const metrics = `sessionhook_messages_total{status="accepted"} 1
sessionhook_rejections_total{code="missing_header"} 2
sessionhook_rejections_total{code="timestamp_too_old"} 0
sessionhook_rejections_total{code="not_found"} 9
`;
const destination = { name: "crm", state: "ready", open: 0, dead: 0, oldestDueSeconds: null, reason: null };

/** Answers as a server does; `overrides` replace answers by path. */
const answers =
  (overrides: Record<string, (response: ServerResponse) => void> = {}) =>
  ({ url, headers }: Received, response: ServerResponse) => {
    const override = overrides[url];
    if (override !== undefined) return override(response);
    if (url === "/healthz") return json(response, 200, { status: "ok" });
    if (url === "/readyz") return json(response, 200, { status: "ready" });
    if (headers.authorization !== `Bearer ${token}`) return json(response, 401, { code: "unauthorized" });
    if (url === "/metrics") return response.writeHead(200).end(metrics);
    if (url === "/api/stats") return json(response, 200, { accepted: 3, quarantined: 0 });
    return json(response, 200, { destinations: [destination] });
  };

/** Runs `doctor` against a server in an empty folder. */
async function against(overrides: Parameters<typeof answers>[0], ...args: string[]) {
  await using folder = await scratch();
  await using server = await startServer(answers(overrides));
  const env = { SESSIONHOOK_ADMIN_TOKEN: token };
  return await examine({ cwd: folder.path, env }, "--url", server.url, ...args);
}

/** Runs `doctor` in a folder without a server. */
async function inFolder(env: Record<string, string>, prepare: (path: string) => Promise<unknown>) {
  await using folder = await scratch();
  await prepare(folder.path);
  return await examine({ cwd: folder.path, env: { PORT: "9", ...env } });
}

describe("doctor and the running server", () => {
  it("finds the rejections, with their cause, and nothing wrong", async () => {
    const { code, of } = await against({});
    expect(code).toBe(0);
    for (const check of ["settings", "server", "clock", "readiness", "admin API", "destinations"])
      expect(of(check)).toMatchObject([{ outcome: "ok", action: null }]);
    expect(of("rejections")).toMatchObject([
      {
        outcome: "warning",
        message: expect.stringMatching(/^2 missing_header .*a proxy removes/),
        action: expect.stringContaining("webhook-id"),
      },
    ]);
  });

  it("prints one line for each finding", async () => {
    await using folder = await scratch();
    await using server = await startServer(answers());
    const { code, stdout } = await runCli(["doctor", "--url", server.url], { cwd: folder.path });
    expect(code).toBe(0);
    for (const line of stdout.trimEnd().split("\n"))
      expect(line).toMatch(/^(?:ok {9}|warning {4}|failed {5}|not checked) {2}[a-zA-Z ]+: /);
    expect(stdout).toMatch(
      /^not checked {2}admin API: there is no admin token.* → set SESSIONHOOK_ADMIN_TOKEN/m,
    );
  });

  it("explains a server that cannot be reached", async () => {
    const { code, of } = await inFolder({}, async () => undefined);
    expect(code).toBe(1);
    expect(of("server")).toMatchObject([{ outcome: "failed", action: expect.stringContaining("--url") }]);
    await using server = await startServer(() => undefined);
    const PORT = String(server.port);
    await server[Symbol.asyncDispose]();
    const nobody = await inFolder({ PORT }, async () => undefined);
    expect(nobody.of("server")).toMatchObject([
      {
        message: `nothing listens at http://127.0.0.1:${PORT}`,
        action: "start the server, or name another address with --url, or HOST and PORT",
      },
    ]);
  });

  it("explains a wrong token", async () => {
    const { code, of, stdout } = await against({}, "--token", "wr0ng");
    expect(code).toBe(1);
    expect(of("admin API")).toMatchObject([
      {
        outcome: "failed",
        message: expect.stringContaining("401"),
        action: expect.stringContaining("--token"),
      },
    ]);
    expect(stdout).not.toContain("wr0ng");
  });

  it.each([
    [60_000, "warning", "ahead of"],
    [-60_000, "warning", "behind"],
    [3_600_000, "failed", "ahead of"],
    [-3_600_000, "failed", "behind"],
    [2000, "ok", "differ by at most 5 s"],
  ])("compares the clock: a server that is %i ms ahead is %s", async (ms, outcome, words) => {
    const { code, of } = await against({
      "/healthz": (response) =>
        json(response, 200, { status: "ok" }, { date: new Date(Date.now() + ms).toUTCString() }),
    });
    expect(of("clock")).toMatchObject([{ outcome, message: expect.stringContaining(words) }]);
    expect(code).toBe(outcome === "failed" ? 1 : 0);
  });

  it.each<[string, (response: ServerResponse) => void, string, string]>([
    [
      "HTML page",
      (r) => r.writeHead(200, { "content-type": "text/html" }).end("<p>"),
      "HTML page",
      "a proxy",
    ],
    [
      "redirect",
      (r) => r.writeHead(308, { location: "https://x.example/healthz" }).end(),
      "https://x.example",
      "with https://",
    ],
    ["other path", (r) => json(r, 404, { code: "not_found" }), "404 not_found", "SESSIONHOOK_BASE_PATH"],
    ["other Host", (r) => json(r, 421, { code: "misdirected_request" }), "421", "proxy_set_header Host"],
  ])("explains a proxy: %s", async (_name, answer, message, action) => {
    const { code, of } = await against({ "/healthz": answer });
    expect(code).toBe(1);
    expect(of("server")).toMatchObject([
      {
        outcome: "failed",
        message: expect.stringContaining(message),
        action: expect.stringContaining(action),
      },
    ]);
    expect(of("admin API")).toEqual([]);
  });

  it("explains a store that does not accept writes", async () => {
    const detail = "The store does not accept writes at the moment";
    const { of } = await against({
      "/readyz": (response) => json(response, 503, { code: "store_unavailable", detail }),
    });
    expect(of("readiness")).toMatchObject([{ outcome: "failed", message: expect.stringContaining(detail) }]);
  });

  it("names destinations that are held or late", async () => {
    const { of } = await against({
      "/api/destinations": (response) =>
        json(response, 200, {
          destinations: [
            { ...destination, state: "blocked", open: 4, reason: { code: "http_401" } },
            { ...destination, name: "late", oldestDueSeconds: 600 },
            { ...destination, name: "dead", dead: 3 },
          ],
        }),
    });
    expect(of("destinations").map(({ message }) => message)).toEqual([
      "crm is blocked: 4 open, reason http_401",
      "late is late: 0 open, the oldest due for 10 min",
      "dead has dead letters: 3",
    ]);
  });
});

describe("doctor and the cause of a blocked destination", () => {
  const adviceFor = async (code: string, env = {}) => {
    await using folder = await scratch();
    const blocked = { ...destination, state: "blocked", open: 1, reason: { code } };
    await using server = await startServer(
      answers({ "/api/destinations": (response) => json(response, 200, { destinations: [blocked] }) }),
    );
    const setup = { cwd: folder.path, env: { SESSIONHOOK_ADMIN_TOKEN: token, ...env } };
    const { of } = await examine(setup, "--url", server.url);
    return of("destinations")[0]?.action;
  };

  it.each([
    ["not_a_folder", "its path leads to or through a file"],
    ["not_permitted", "may not write to its folder"],
    ["disk_full", "free space"],
    ["http_410", "its URL is gone"],
    ["address_not_allowed", '"network": "private"'],
    ["address_reserved", "(NAT64), which is never allowed"],
    ["metadata_address", "never allowed"],
    ["token_revoked", "it refuses everything"],
  ])("advises for the reason %s", async (code, words) => {
    const advice = await adviceFor(code);
    expect(advice).toContain(words);
    expect(advice).toMatch(/, then sessionhook destinations resume crm$/);
  });

  it("names its commands as they can be run", async () => {
    const start = (npm_lifecycle_event: string) => adviceFor("disk_full", { npm_lifecycle_event });
    expect(await start("sessionhook")).toMatch(/ npm run sessionhook -- destinations resume crm$/);
    expect(await start("npx")).toMatch(/ npx sessionhook destinations resume crm$/);
  });

  it("does not claim that nothing is delivered by a server that has destinations", async () => {
    const { of } = await against({});
    expect(of("configuration file")).toMatchObject([
      {
        outcome: "not_checked",
        message: expect.stringMatching(/^there is none in .*, and the running server has 1 destination /),
        action: "run this command in the folder of the server",
      },
    ]);
    const alone = await inFolder({}, async () => undefined);
    expect(alone.of("configuration file")).toMatchObject([
      { outcome: "ok", message: expect.stringContaining("delivers nothing"), action: null },
    ]);
  });
});

describe("doctor and the settings", () => {
  it("names each invalid setting without its value, as the server does", async () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const { code, of, stdout } = await inFolder(
      { SESSIONHOOK_SECRETS: `${secret};`, SESSIONHOOK_SECRET: secret },
      async () => undefined,
    );
    expect(code).toBe(1);
    expect(of("settings").map(({ message }) => message)).toEqual([
      expect.stringContaining("SESSIONHOOK_SECRET: is not a setting; did you mean SESSIONHOOK_SECRETS?"),
      expect.stringMatching(/^SESSIONHOOK_SECRETS: .*;/),
    ]);
    expect(of("data folder")).toMatchObject([{ outcome: "not checked".replace(" ", "_") }]);
    expect(stdout).not.toContain("MfKQ");
  });

  it("reads files of secrets, and uses the token in one", async () => {
    const missing = await inFolder({ SESSIONHOOK_SECRETS_FILE: "no-file" }, async () => undefined);
    expect(missing.of("settings")[0]?.message).toContain(
      "the file no-file cannot be read: there is no such file",
    );
    await using folder = await scratch();
    await using server = await startServer(answers());
    await writeFile(join(folder.path, "token"), `${token}\n`);
    const env = { SESSIONHOOK_ADMIN_TOKEN_FILE: "token" };
    const { of } = await examine({ cwd: folder.path, env }, "--url", server.url);
    expect(of("admin API")).toMatchObject([{ outcome: "ok" }]);
  });

  it("names the problems of the configuration file", async () => {
    const { code, of } = await inFolder({}, (path) =>
      writeFile(join(path, "sessionhook.config.json"), '{ "destinations": { "a": { "type": "htp" } } }'),
    );
    expect(code).toBe(1);
    expect(of("configuration file")[0]).toMatchObject({
      outcome: "failed",
      message: expect.stringMatching(/sessionhook\.config\.json.*: destinations\.a\.type: must be /),
      action: expect.stringContaining("config check"),
    });
    expect(of("configuration file")[0]?.message.match(/destinations/g)).toHaveLength(1);
  });
});

describe("doctor and the data folder", () => {
  it("checks a store that is in use, and the mode of the credentials", async () => {
    await using closing = new AsyncDisposableStack();
    const { of } = await inFolder({}, async (path) => {
      const store = await openSqliteStore({ path: join(path, "data", "sessionhook.db") });
      closing.defer(() => store.close());
      await writeFile(join(path, "data", "credentials.json"), "{}", { mode: 0o644 });
    });
    expect(of("store")).toMatchObject([{ outcome: "ok" }]);
    expect(of("data folder")).toMatchObject([{ outcome: "ok" }]);
    expect(of("credentials")).toMatchObject([
      { outcome: "warning", action: expect.stringContaining("chmod 600") },
    ]);
    expect(of("disk space")).toHaveLength(1);
  });

  it("shows the last backup, and finds no fault if there is none", async () => {
    await using folder = await scratch();
    await using server = await startServer(answers());
    const path = join(folder.path, "data", "sessionhook.db");
    await (await openSqliteStore({ path })).close();
    const setup = { cwd: folder.path, env: { SESSIONHOOK_ADMIN_TOKEN: token } };
    const run = async () => {
      const { code, of } = await examine(setup, "--url", server.url);
      return { code, findings: of("last backup") };
    };
    expect(await run()).toMatchObject({
      code: 0,
      findings: [
        { outcome: "not_checked", message: "none is recorded", action: expect.stringContaining("backup") },
      ],
    });
    const at = Date.now() - 7_300_000;
    recordBackup(path, at, Date.now());
    expect(await run()).toMatchObject({
      code: 0,
      findings: [{ outcome: "ok", message: `${new Date(at).toISOString()}, 2 h ago`, action: null }],
    });
    recordBackup(path, Date.now() + 7_300_000, Date.now());
    expect(await run()).toMatchObject({
      code: 0,
      findings: [
        {
          outcome: "warning",
          message: expect.stringContaining(", in 2 h"),
          action: expect.stringContaining("clock"),
        },
      ],
    });
  });

  it("refuses a file that is not a store, a file in place of the folder, and names an open folder", async () => {
    const foreign = await inFolder({}, async (path) => {
      await mkdir(join(path, "data"));
      await chmod(join(path, "data"), 0o777);
      await writeFile(join(path, "data", "sessionhook.db"), "something else".repeat(100), { mode: 0o600 });
    });
    expect(foreign.of("store")).toMatchObject([
      { outcome: "failed", message: expect.stringContaining("store_foreign") },
    ]);
    expect(foreign.of("data folder")).toMatchObject([{ outcome: "warning" }]);
    const file = await inFolder({}, (path) => writeFile(join(path, "data"), ""));
    expect(file.of("data folder")).toMatchObject([{ outcome: "failed" }]);
  });

  it.runIf(process.platform === "linux")("names a folder that cannot be written, and the user", async () => {
    // Read-only for every user, root too.
    const { code, of } = await inFolder(
      { SESSIONHOOK_STORE: "sqlite:/proc/1/events.db" },
      async () => undefined,
    );
    expect([code, of("data folder")[0]?.outcome]).toEqual([1, "failed"]);
  });

  it.each([
    [0n, 100_000n, "failed"],
    [99n, 100_000n, "failed"],
    [100n, 100_000n, "warning"],
    [1023n, 100_000n, "warning"],
    [1024n, 100_000n, "ok"],
    [5n, 64n, "failed"],
    [15n, 64n, "warning"],
    [49n, 64n, "ok"],
  ])("judges %i of %i MiB of free space as %s", (free, total, outcome) => {
    const size = { bavail: free * 256n, bsize: 4096n, blocks: total * 256n, files: 0n, ffree: 0n };
    expect(checkSpace(size, "/data").outcome).toBe(outcome);
  });

  it.each([
    [0n, "the file system of /data has 0 free inodes"],
    [100n, "10240 MiB are free for /data"],
  ])("judges %i free inodes", (ffree, message) => {
    const found = checkSpace(
      { bavail: 2_621_440n, bsize: 4096n, blocks: 10_000_000n, files: 1000n, ffree },
      "/data",
    );
    expect(found.message).toBe(message);
  });
});
