import { generateKeyPair, generateSecret, sign, verifySignature } from "@sessionhook/core";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, scratch } from "./run-cli.js";
import { json, type Received, startServer } from "./test-server.js";

const secret = generateSecret();
const token = "t0ken-in-a-file";

async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await scratch();
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  return folder;
}

describe("secrets in files", () => {
  it("send signs with the first usable secret of SESSIONHOOK_SECRETS_FILE", async () => {
    await using server = await startServer((_, response) => json(response, 200, { status: "accepted" }));
    await using folder = await folderWith({ secrets: `${generateKeyPair().publicKey}\n${secret}\n` });
    const env = { SESSIONHOOK_SECRETS_FILE: "secrets" };
    const result = await runCli(["send", "--url", server.url], { cwd: folder.path, env });
    expect(result).toMatchObject({ code: 0, stderr: "" });
    const { body, headers } = server.received[0] as Received;
    expect(verifySignature(body, { headers, secrets: secret }).scheme).toBe("v1");
  });

  it("verify accepts it, and names it as the source of a secret that fits", async () => {
    const body = "{}";
    const signed = sign(body, { id: "evt_1", secret });
    await using folder = await folderWith({ secrets: secret, body, headers: JSON.stringify(signed) });
    const setup = { cwd: folder.path, env: { SESSIONHOOK_SECRETS_FILE: "secrets" } };
    const args = ["verify", "--headers", "headers", "body"];
    expect((await runCli(args, setup)).stdout).toMatch(/^genuine/m);
    const other = await runCli([...args, "--secret", generateSecret()], setup);
    expect(other.stdout).toMatch(/^cause .*SESSIONHOOK_SECRETS_FILE/m);
  });

  it("commands of the API send the token of SESSIONHOOK_ADMIN_TOKEN_FILE", async () => {
    await using server = await startServer((_, response) =>
      json(response, 200, { events: [], nextCursor: null }),
    );
    await using folder = await folderWith({ token: `${token}\n` });
    const env = { SESSIONHOOK_ADMIN_TOKEN_FILE: "token", PORT: String(server.port) };
    const result = await runCli(["events", "list"], { cwd: folder.path, env });
    expect(result.code).toBe(0);
    expect(server.received[0]?.headers["authorization"]).toBe(`Bearer ${token}`);
  });

  const send = ["send", "--url", "http://127.0.0.1:4"];
  const list = ["events", "list"];
  it.each([
    [
      "a missing file",
      send,
      { SESSIONHOOK_SECRETS_FILE: "none" },
      /SECRETS_FILE: the file none cannot be read: there is no such file or folder \(ENOENT/,
    ],
    [
      "links in a circle",
      list,
      { SESSIONHOOK_ADMIN_TOKEN_FILE: "circle" },
      /TOKEN_FILE: the file circle cannot be read: its symbolic links lead in a circle \(ELOOP/,
    ],
    ["an empty file", send, { SESSIONHOOK_SECRETS_FILE: "empty" }, /SECRETS_FILE: the file empty is empty/],
    [
      "an empty variable",
      send,
      { SESSIONHOOK_SECRETS: "" },
      /SESSIONHOOK_SECRETS.* is set but empty; unset it/,
    ],
    ["a blank variable", send, { SESSIONHOOK_SECRETS: " , " }, /SECRETS.* is set but empty/],
    ["an empty token", list, { SESSIONHOOK_ADMIN_TOKEN: "" }, /SESSIONHOOK_ADMIN_TOKEN: /],
    ["an empty store", ["derive", "status"], { SESSIONHOOK_STORE: "" }, /SESSIONHOOK_STORE is set but empty/],
    ["an empty path", list, { SESSIONHOOK_ADMIN_TOKEN_FILE: "" }, /TOKEN_FILE: must not be empty/],
    [
      "both forms",
      list,
      { SESSIONHOOK_ADMIN_TOKEN_FILE: "token", SESSIONHOOK_ADMIN_TOKEN: token },
      /TOKEN_FILE: must not be set together with SESSIONHOOK_ADMIN_TOKEN/,
    ],
    [
      "a token of two words",
      list,
      { SESSIONHOOK_ADMIN_TOKEN_FILE: "words" },
      /TOKEN_FILE: words: must be one word of visible ASCII characters/,
    ],
    [
      "a text that is no secret",
      send,
      { SESSIONHOOK_SECRETS_FILE: "quoted" },
      /SECRETS_FILE: quoted: .*quote/,
    ],
    [
      "public keys only",
      send,
      { SESSIONHOOK_SECRETS_FILE: "public" },
      /SESSIONHOOK_SECRETS_FILE holds public keys \(whpk_\) only/,
    ],
  ])("%s is refused as the server refuses it", async (_, args, env, message) => {
    await using folder = await folderWith({
      empty: " \n",
      token,
      words: "two words",
      quoted: `"${secret}"`,
      public: generateKeyPair().publicKey,
    });
    await symlink("circle", join(folder.path, "circle"));
    const { code, stdout, stderr } = await runCli(args, { cwd: folder.path, env });
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("is not a setting");
    for (const hidden of [secret, token, "two words"]) expect(stderr).not.toContain(hidden);
  });

  it("a command reads only the file that it needs", async () => {
    await using server = await startServer((_, response) => json(response, 200, { status: "accepted" }));
    await using folder = await folderWith({ secrets: secret });
    const env = { SESSIONHOOK_SECRETS_FILE: "secrets", SESSIONHOOK_ADMIN_TOKEN_FILE: "not there" };
    const result = await runCli(["send", "--url", server.url], { cwd: folder.path, env });
    expect(result).toMatchObject({ code: 0 });
  });
});
