import { generateKeyPair, generateSecret, sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli, scratch } from "./run-cli.js";

const secret = generateSecret();
const simulator = createSimulator({ seed: 3, now: Date.now() });
const good = simulator.next();
const invalid = simulator.next(undefined, { variant: "invalid" });
const unknown = simulator.next(undefined, { variant: "unrecognized" });
const now = () => Math.floor(Date.now() / 1000);
let folder: Awaited<ReturnType<typeof scratch>>;

beforeAll(async () => {
  folder = await scratch();
});
afterAll(() => folder[Symbol.asyncDispose]());

let count = 0;
async function verify(
  event: { id: string; body: string },
  headers: object | string,
  args: readonly string[] = ["--secret", secret],
  env: Record<string, string> = {},
) {
  const name = `h${count++}`;
  const text = typeof headers === "string" ? headers : JSON.stringify(headers);
  await writeFile(join(folder.path, `${name}.json`), text);
  await writeFile(join(folder.path, name), event.body);
  return runCli(["verify", ...args, "--headers", `${name}.json`, name], { cwd: folder.path, env });
}

describe("sessionhook verify", () => {
  it("accepts a genuine message", async () => {
    const timestamp = now();
    const { id, body } = good;
    const headers = { ...sign(body, { id, timestamp, secret }), "content-type": "application/json" };
    const plain = await verify(good, headers);
    expect(plain).toMatchObject({ code: 0, stderr: "" });
    expect(plain.stdout).toMatch(/^genuine +yes, v1 \(HMAC-SHA256\)$/m);
    expect(plain.stdout).toMatch(new RegExp(`^id +${id}$`, "m"));
    const machine = await verify(good, headers, ["--secret", secret, "--json"]);
    expect(JSON.parse(machine.stdout)).toMatchObject({
      genuine: true,
      id,
      timestamp,
      timestampChecked: true,
      scheme: "v1",
      status: "accepted",
      type: "identity.session.finalized",
      issues: [],
      total: 0,
      exact: true,
    });
  });

  it("accepts svix names in any case, several secrets, ed25519 keys and secrets from the environment", async () => {
    const pair = generateKeyPair();
    const signed = sign(good.body, { id: good.id, timestamp: now(), secret: pair.secretKey });
    const headers = {
      "SVIX-Id": signed["webhook-id"],
      "Svix-Timestamp": Number(signed["webhook-timestamp"]),
      "svix-signature": [signed["webhook-signature"]],
    };
    const two = await verify(good, headers, ["--secret", secret, "--secret", pair.publicKey]);
    expect(two).toMatchObject({ code: 0, stdout: expect.stringContaining("v1a (ed25519)") });
    const fromEnv = await verify(good, headers, [], { SESSIONHOOK_SECRETS: `${secret},${pair.publicKey}` });
    expect(fromEnv.code).toBe(0);
  });

  it("distinguishes an invalid event from one of an unknown type", async () => {
    const signed = ({ id, body }: { id: string; body: string }) =>
      sign(body, { id, timestamp: now(), secret });
    const issue = await verify(invalid, signed(invalid));
    expect(issue.code).toBe(1);
    expect(issue.stdout).toMatch(/^genuine +yes/m);
    expect(issue.stdout).toMatch(/^status +quarantined$/m);
    expect(issue.stdout).toMatch(/^issue +\S+/m);
    const other = await verify(unknown, signed(unknown));
    expect(other).toMatchObject({ code: 0, stdout: expect.stringMatching(/^status +unrecognized$/m) });
  });

  it.each([
    [250, "250, 100 of them listed", { total: 250, exact: true }],
    [20_000, "at least 10000, 100 of them listed", { total: 10_000, exact: false }],
  ])("counts %i issues, more than it lists", async (count, text, counted) => {
    const event = JSON.parse(good.body) as { data: { session: object } };
    const session = { ...event.data.session, events: Array(count).fill(1) };
    const many = { ...good, body: JSON.stringify({ ...event, data: { ...event.data, session } }) };
    const signed = sign(many.body, { id: many.id, timestamp: now(), secret });
    expect((await verify(many, signed)).stdout).toMatch(new RegExp(`^issues +${text}$`, "m"));
    const machine = await verify(many, signed, ["--secret", secret, "--json"]);
    expect(JSON.parse(machine.stdout)).toMatchObject(counted);
  });

  it("rejects other bytes, another secret and an old timestamp", async () => {
    const headers = sign(good.body, { id: good.id, timestamp: now() - 900, secret });
    expect(await verify(good, headers)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/timestamp_too_old[\s\S]*--ignore-timestamp/),
    });
    const args = ["--secret", secret, "--ignore-timestamp"];
    expect((await verify(good, headers, args)).code).toBe(0);
    expect((await verify(good, headers, ["--secret", secret, "--tolerance", "1000"])).code).toBe(0);
    const changed = { ...good, body: `${good.body}\n` };
    const machine = await verify(changed, headers, [...args, "--json"]);
    expect(machine).toMatchObject({ code: 1, stderr: "" });
    expect(JSON.parse(machine.stdout)).toMatchObject({
      genuine: false,
      error: { code: "signature_mismatch" },
    });
    expect((await verify(good, headers, ["--secret", generateSecret(), "--ignore-timestamp"])).code).toBe(1);
    expect(await verify(good, {})).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("missing_header"),
    });
  });

  it("reports the usual cause, also with --json", async () => {
    const signed = sign(good.body, { id: good.id, timestamp: now(), secret });
    const newline = { ...good, body: `${good.body}\n` };
    const plain = await verify(newline, signed);
    expect(plain).toMatchObject({ code: 1, stderr: "" });
    expect(plain.stdout).toMatch(/^genuine +no, signature_mismatch$/m);
    expect(plain.stdout).toMatch(/^cause +The file has a newline at its end that was not signed/m);
    const machine = await verify(newline, signed, ["--secret", secret, "--json"]);
    expect(JSON.parse(machine.stdout)).toEqual({
      genuine: false,
      error: { code: "signature_mismatch", message: expect.any(String) },
      cause: { code: "final_newline", message: expect.any(String) },
    });
    const other = await verify(good, signed, ["--secret", generateSecret()], { SESSIONHOOK_SECRETS: secret });
    expect(other.stdout).toMatch(/^cause .*SESSIONHOOK_SECRETS/m);
    const strange = await verify(good, signed, ["--secret", generateSecret(), "--json"]);
    expect(JSON.parse(strange.stdout)).toMatchObject({ genuine: false, cause: null });
  });

  it("reads headers as lines of text and as HAR", async () => {
    const signed = Object.entries(sign(good.body, { id: good.id, timestamp: now(), secret }));
    const curl = ["POST /webhooks HTTP/1.1", ...signed.map(([name, value]) => `${name}: ${value}`), ""];
    const request = { headers: signed.map(([name, value]) => ({ name, value })) };
    for (const text of [
      signed.map(([name, value]) => `${name}: ${value}\r\n`).join(""),
      curl.map((line) => `> ${line}\n`).join(""),
      JSON.stringify({ log: { entries: [{ request }] } }),
    ]) {
      expect(await verify(good, text)).toMatchObject({ code: 0, stdout: expect.stringContaining("yes, v1") });
    }
  });

  it("reads the exact bytes from standard input", async () => {
    const body = Buffer.from([0x7b, 0xff, 0x0d, 0x0a]);
    const headers = sign(body, { id: "evt_BYTES", timestamp: now(), secret });
    await writeFile(join(folder.path, "bytes.json"), JSON.stringify(headers));
    const result = await runCli(["verify", "--secret", secret, "--headers", "bytes.json", "-"], {
      cwd: folder.path,
      stdin: body,
    });
    expect(result).toMatchObject({ code: 1, stdout: expect.stringMatching(/yes[\s\S]*quarantined/) });
  });

  it("exits with 2 for wrong usage", async () => {
    const headers = sign(good.body, { id: good.id, timestamp: now(), secret });
    expect(await verify(good, "not json")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("not JSON"),
    });
    expect((await verify(good, "[]")).code).toBe(2);
    expect((await verify(good, headers, [])).code).toBe(2);
    expect((await verify(good, headers, ["--secret", generateKeyPair().secretKey])).code).toBe(2);
    expect(await verify(good, headers, ["--secret", "abc"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/must start with whsec_ .* or whpk_ /),
    });
    const smallOrder = `whpk_${"A".repeat(43)}=`;
    expect(await verify(good, headers, ["--secret", smallOrder])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("small or mixed order"),
    });
    expect((await verify(good, headers, ["--secret", secret, "--tolerance", "-1"])).code).toBe(2);
    expect((await runCli(["verify", "--secret", secret, "body"])).code).toBe(2);
    expect((await runCli(["verify", "--secret", secret, "--headers", "-", "-"])).code).toBe(2);
  });
});
