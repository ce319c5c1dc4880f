import { generateKeyPair, generateSecret, parseEvent, verifySignature } from "@sessionhook/core";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, scratch } from "./run-cli.js";
import { json, type Received, startServer } from "./test-server.js";

const secret = generateSecret();
const env = { SESSIONHOOK_SECRETS: secret };
const idOf = (request: Received) => request.headers["webhook-id"] as string;

const accepting = (host?: string) =>
  startServer((request, response) => json(response, 200, { status: "accepted", id: idOf(request) }), host);

/** An unassigned port (IANA), which a test that listens on any free port never gets. */
const freePort = "4";

describe("sessionhook send", () => {
  it("sends one signed event that core accepts", async () => {
    await using server = await accepting();
    const { code, stdout, stderr } = await runCli(["send", "--url", server.url], { env });
    const [request] = server.received as [Received];
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(`accepted ${idOf(request)}\n`);
    expect(request).toMatchObject({ method: "POST", url: "/webhooks" });
    const { id } = verifySignature(request.body, { headers: request.headers, secrets: secret });
    expect(parseEvent(request.body)).toMatchObject({
      status: "accepted",
      event: { id, type: "identity.session.finalized" },
    });
  });

  it("reads server and secret from the environment", async () => {
    await using server = await accepting();
    const pair = generateKeyPair();
    const both = {
      HOST: "0.0.0.0",
      PORT: String(server.port),
      SESSIONHOOK_SECRETS: `${pair.publicKey}, ${secret}`,
    };
    expect(await runCli(["send"], { env: both })).toMatchObject({ code: 0 });
    expect(await runCli(["send", "--secret", pair.secretKey], { env: both })).toMatchObject({ code: 0 });
    const [hmac, ed25519] = server.received as [Received, Received];
    expect(verifySignature(hmac.body, { headers: hmac.headers, secrets: secret }).scheme).toBe("v1");
    const asymmetric = { headers: ed25519.headers, secrets: pair.publicKey };
    expect(verifySignature(ed25519.body, asymmetric).scheme).toBe("v1a");
  });

  it("signs with the encoding of the environment", async () => {
    await using server = await accepting();
    await runCli(["send", "--url", server.url], { env: { ...env, SESSIONHOOK_SECRET_ENCODING: "utf8" } });
    const { body, headers } = server.received[0] as Received;
    expect(verifySignature(body, { headers, secrets: secret, secretEncoding: "utf8" }).scheme).toBe("v1");
    expect(() => verifySignature(body, { headers, secrets: secret, secretEncoding: "base64" })).toThrow(
      /No signature/,
    );
  });

  it("uses the secret that the server created at its first start", async () => {
    await using server = await accepting();
    await using folder = await scratch();
    for (const store of [undefined, "sqlite:./state/deep/events.db"]) {
      const at = join(folder.path, store === undefined ? "data" : "state/deep");
      const own = generateSecret();
      await mkdir(at, { recursive: true });
      await writeFile(join(at, "credentials.json"), JSON.stringify({ signingSecret: own, adminToken: "t" }));
      const result = await runCli(["send", "--url", server.url], {
        cwd: folder.path,
        env: store === undefined ? {} : { SESSIONHOOK_STORE: store },
      });
      expect(result.code).toBe(0);
      const { body, headers } = server.received.at(-1) as Received;
      expect(verifySignature(body, { headers, secrets: own }).scheme).toBe("v1");
    }
  });

  it("sends the same ids and bytes with the same seed, and new ones without a seed", async () => {
    await using server = await accepting();
    const send = (...args: string[]) =>
      runCli(["send", "--url", server.url, "--count", "3", ...args], { env });
    for (const args of [["--seed", "7"], ["--seed", "7"], [], []]) expect((await send(...args)).code).toBe(0);
    const bytes = server.received.map((request) => request.body.toString()).sort();
    expect(new Set(bytes).size).toBe(9);
  });

  it("sends the exact bytes of a file with the id in them", async () => {
    await using server = await accepting();
    await using folder = await scratch();
    const text = ' {"id" : "evt_FILE",\r\n"type":"x", "é": 1.0}\n';
    await writeFile(join(folder.path, "body.json"), text);
    const args = ["send", "--url", `${server.url}/hooks/in?a=1`, "--count", "2", "--file", "body.json"];
    expect(await runCli(args, { env, cwd: folder.path })).toMatchObject({ code: 0 });
    const broken = Buffer.from([0xff, 0x00, 0x7b]);
    expect(await runCli(["send", "--url", server.url, "--file", "-"], { env, stdin: broken })).toMatchObject({
      code: 0,
    });
    const [first, second, third] = server.received as [Received, Received, Received];
    expect(first.url).toBe("/hooks/in?a=1");
    expect([first, second].map((one) => [idOf(one), one.body.toString()])).toEqual([
      ["evt_FILE", text],
      ["evt_FILE", text],
    ]);
    expect(idOf(third)).toMatch(/^evt_[0-9A-Z]{26}$/);
    expect(third.body.equals(broken)).toBe(true);
    expect(verifySignature(third.body, { headers: third.headers, secrets: secret }).id).toBe(idOf(third));
  });

  it("sends other types and invalid variants on request", async () => {
    await using server = await accepting();
    const type = "identity.enriched";
    await runCli(["send", "--url", server.url, "--type", type], { env });
    await runCli(["send", "--url", server.url, "--variant", "invalid"], { env });
    await runCli(["send", "--url", server.url, "--variant", "unrecognized"], { env });
    const results = server.received.map(({ body }) => parseEvent(body));
    expect(results[0]).toMatchObject({ status: "accepted", event: { type } });
    expect(results.slice(1).map(({ status }) => status)).toEqual(["quarantined", "unrecognized"]);
  });

  it("counts many events by status and fails if one was rejected", async () => {
    let count = 0;
    await using server = await startServer((request, response) => {
      count++;
      if (count % 4 === 0) json(response, 401, { code: "signature_mismatch", detail: "no" });
      else json(response, 200, { status: count % 2 === 0 ? "duplicate" : "accepted", id: idOf(request) });
    });
    const table = await runCli(["send", "--url", server.url, "--count", "20"], { env });
    expect(table).toMatchObject({ code: 1, stderr: "" });
    expect(table.stdout).toMatch(/^accepted +10$/m);
    expect(table.stdout).toMatch(/^signature_mismatch +5$/m);
    expect(table.stdout).toMatch(/^sent +20$/m);
    expect(table.stdout).toMatch(/^p99 +[\d.]+ ms$/m);
    count = 0;
    const machine = await runCli(["send", "--url", server.url, "--count", "8", "--json"], { env });
    expect(machine.code).toBe(1);
    const summary = JSON.parse(machine.stdout) as { events: unknown[]; p50Ms: number };
    expect(summary).toMatchObject({
      url: `${server.url}/webhooks`,
      count: 8,
      sent: 8,
      acknowledged: 6,
      statuses: { accepted: 4, duplicate: 2, signature_mismatch: 2 },
    });
    expect(summary.events).toHaveLength(8);
    expect(summary.p50Ms).toBeGreaterThan(0);
  });

  it("does not count a redirect as an acknowledgement", async () => {
    await using server = await startServer((_, response) => response.writeHead(302, { location: "/" }).end());
    const result = await runCli(["send", "--url", server.url], { env });
    expect(result).toMatchObject({ code: 1, stdout: expect.stringContaining("http_302 (HTTP 302) evt_") });
    expect(server.received).toHaveLength(1);
  });

  it("retries after a 503, with the same id and a new signature", async () => {
    await using server = await startServer((request, response) => {
      if (server.received.length < 3) json(response, 503, { code: "overloaded" }, { "retry-after": "1" });
      else json(response, 200, { status: "accepted", id: idOf(request) });
    });
    expect(await runCli(["send", "--url", server.url], { env })).toMatchObject({ code: 0 });
    expect(server.received).toHaveLength(3);
    expect(new Set(server.received.map(idOf)).size).toBe(1);
    expect(new Set(server.received.map((one) => one.headers["webhook-timestamp"])).size).toBe(3);
    const [first, second] = server.received as [Received, Received];
    expect(second.at - first.at).toBeGreaterThan(900);
    for (const { body, headers } of server.received) verifySignature(body, { headers, secrets: secret });
  });

  it("stops after five answers of 503", async () => {
    await using server = await startServer((_, response) =>
      json(response, 503, { code: "store_unavailable" }, { "retry-after": "0" }),
    );
    const result = await runCli(["send", "--url", server.url], { env });
    expect(result).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("store_unavailable (HTTP 503) evt_"),
      stderr: "store_unavailable (HTTP 503); trying again in 0 s\n",
    });
    expect(server.received).toHaveLength(5);
  });

  it("gives up when many events in a row are answered with 503", async () => {
    await using server = await startServer((_, response) =>
      json(response, 503, { code: "store_unavailable", detail: "The store is down" }, { "retry-after": "0" }),
    );
    const args = ["send", "--url", server.url, "--count", "1000", "--concurrency", "2"];
    const result = await runCli(args, { env });
    expect(result).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/sent +1[23] of 1000/),
      stderr: expect.stringMatching(/^store_unavailable \(HTTP 503\).*; trying again in 0 s\n$/),
    });
    expect(server.received.length).toBeLessThanOrEqual(65);
  });

  it("spaces requests evenly, at most at the given rate", async () => {
    await using server = await accepting();
    const args = ["send", "--url", server.url, "--count", "61", "--rate", "20/s"];
    const began = performance.now();
    expect(await runCli(args, { env })).toMatchObject({ code: 0 });
    // Measured from before the first to the last request: a busy machine can only make this longer.
    expect((server.received.at(-1) as Received).at - began).toBeGreaterThan(2990);
    // Each is signed when it is sent. After a pause of the machine, requests that are due go together, one per connection at most.
    const seconds = Map.groupBy(server.received, ({ headers }) => headers["webhook-timestamp"]);
    expect(Math.max(...[...seconds.values()].map(({ length }) => length))).toBeLessThanOrEqual(21 + 8);
  });

  it("reports that nothing listens", async () => {
    const port = freePort;
    const result = await runCli(["send", "--count", "5"], { env: { ...env, PORT: port } });
    expect(result).toEqual({
      code: 1,
      stdout: "",
      stderr: `error: nothing listens at http://127.0.0.1:${port}: start the server, or name another address with --url, or HOST and PORT\n`,
    });
    for (const [HOST, reached] of [
      ["0.0.0.0", "127.0.0.1"],
      ["::", "[::1]"],
      ["localhost", "localhost"],
    ] as const) {
      const { stderr } = await runCli(["send"], { env: { ...env, HOST, PORT: port } });
      expect(stderr).toContain(`http://${reached}:${port}`);
    }
    const machine = await runCli(["send", "--json"], { env: { ...env, PORT: port } });
    expect(machine.code).toBe(1);
    expect(JSON.parse(machine.stdout)).toMatchObject({ error: { code: "unreachable" } });
  });

  it("prints the summary so far on Ctrl-C", async () => {
    let interrupt = () => undefined as void;
    await using server = await startServer((request, response) => {
      json(response, 200, { status: "accepted", id: idOf(request) });
      if (server.received.length === 3) interrupt();
    });
    const args = ["send", "--url", server.url, "--count", "1000", "--rate", "20"];
    const result = await runCli(args, { env, onStart: (stop) => (interrupt = stop) });
    expect(result.code).toBe(1);
    // Three, and requests under way: all of them would take 50 seconds at this rate.
    const [, sent] = /^sent +(\d+) of 1000$/m.exec(result.stdout) ?? [];
    expect(Number(sent)).toBeGreaterThanOrEqual(3);
    expect(Number(sent)).toBeLessThan(300);
  });

  it("accepts a short secret where the setting of the server does", async () => {
    await using server = await accepting();
    const short = "whsec_c2hvcnQ=";
    const settings = { SESSIONHOOK_ALLOW_SHORT_SECRETS: "true" };
    const sent = await runCli(["send", "--secret", short, "--url", server.url], { env: settings });
    expect(sent).toMatchObject({ code: 0, stderr: "" });
    const [{ body, headers }] = server.received as [Received];
    verifySignature(body, { headers, secrets: short, allowShortSecrets: true });
  });

  it("exits with 2 for wrong usage and never shows a secret", async () => {
    const short = "whsec_c2hvcnQ=";
    const wrong: [string[], Record<string, string>, RegExp][] = [
      [["--bogus"], env, /unknown option '--bogus'/],
      [["--count", "0"], env, /--count.*integer from 1/],
      [["--count", "1e3"], env, /--count/],
      [["--rate", "0"], env, /--rate/],
      [["--rate", "fast"], env, /--rate/],
      [["--type", "nope"], env, /--type.*Allowed choices/],
      [["--url", "ftp://x"], env, /--url/],
      [["--file", "missing.json"], env, /missing\.json cannot be read: there is no such file/],
      [["--file", "x", "--seed", "1"], env, /cannot be used with/],
      [[], {}, /no signing secret/],
      [[], { SESSIONHOOK_SECRETS: generateKeyPair().publicKey }, /whpk_.*cannot sign/],
      [["--secret", generateKeyPair().publicKey], {}, /whpk_.*cannot sign/],
      [["--secret", short], {}, /too short.* issued it, set SESSIONHOOK_ALLOW_SHORT_SECRETS=true$/m],
      [["--secret", "hunter2hunter2"], {}, /must start with whsec_ .* or whsk_/],
      [[], { ...env, PORT: "http" }, /PORT/],
      [[], { ...env, SESSIONHOOK_SECRET_ENCODING: "hex" }, /SESSIONHOOK_SECRET_ENCODING/],
    ];
    await Promise.all(
      wrong.map(async ([args, env, message]) => {
        const plain = await runCli(["send", ...args], { env });
        expect({ args, ...plain }).toMatchObject({
          code: 2,
          stdout: "",
          stderr: expect.stringMatching(message),
        });
        expect(plain.stderr).not.toMatch(/c2hvcnQ|hunter2/);
        const machine = await runCli(["send", "--json", ...args], { env });
        expect(machine).toMatchObject({ code: 2, stderr: "" });
        expect(JSON.parse(machine.stdout)).toEqual({
          error: { code: "usage", message: expect.stringMatching(message) },
        });
      }),
    );
  }, 180_000);

  it("reaches a server on IPv6", async (context) => {
    const server = await accepting("::1").catch(() => undefined);
    if (server === undefined) return context.skip("this machine has no IPv6 loopback");
    await using _ = server;
    for (const HOST of ["::", "::1", "[::1]"]) {
      expect(await runCli(["send"], { env: { ...env, HOST, PORT: String(server.port) } })).toMatchObject({
        code: 0,
      });
    }
  });
});
