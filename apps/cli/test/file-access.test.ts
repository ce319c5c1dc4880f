import { spawnSync } from "node:child_process";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openSqliteStore } from "@sessionhook/stores/sqlite";
import { describe, expect, it } from "vitest";
import { runCli, runInShell, scratch } from "./run-cli.js";

const user = 65_534;
const asOther = `exec setpriv --reuid ${user} --clear-groups "$@"`;
const missing =
  process.getuid?.() === 0 && spawnSync("setpriv", ["--version"]).status === 0
    ? undefined
    : "needs root and setpriv to become another user";
if (missing !== undefined && process.env["REQUIRE_OTHER_USER"] === "1") throw new Error(missing);

/** A folder with the database and the credentials of another user. */
async function ofAnotherUser(mode: number) {
  const folder = await scratch();
  const data = join(folder.path, "data");
  await mkdir(data);
  await (await openSqliteStore({ path: join(data, "sessionhook.db") })).close();
  await writeFile(join(data, "credentials.json"), "{}", { mode: 0o600 });
  await chmod(folder.path, 0o755);
  await chmod(data, mode);
  return { ...folder, data };
}

const commands = [
  "derive status",
  "privacy export --email a@example.com",
  "privacy erase --email a@example.com",
  "backup /tmp/never.db",
  "restore /etc/hostname",
];

describe.skipIf(missing !== undefined)("files of another user", () => {
  it.each([0o700, 0o755])("are named with the reason, the user and the remedy, mode %i", async (mode) => {
    await using folder = await ofAnotherUser(mode);
    for (const command of commands) {
      const { code, stderr } = await runInShell(asOther, command.split(" "), { cwd: folder.path });
      expect([code, stderr]).toEqual([1, expect.stringContaining(`error: ${folder.data}`)]);
      expect(stderr).toContain(
        `permission denied (EACCES, user id ${user}); run this command as the user of the server`,
      );
    }
    const token = await runInShell(asOther, ["events", "list"], { cwd: folder.path });
    expect(token.code).toBe(2);
    expect(token.stderr).toContain(
      "credentials.json cannot be read: permission denied (EACCES, user id 65534); run",
    );
  });

  it("are named where only their folder takes no files", async () => {
    await using folder = await ofAnotherUser(0o755);
    await chmod(join(folder.data, "sessionhook.db"), 0o666);
    const { code, stderr } = await runInShell(asOther, ["derive", "status"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `error: ${folder.data} cannot be used: permission denied (EACCES, user id ${user}); run this command as the user of the server\n`,
    );
  });
});

it.runIf(process.platform === "linux")(
  "a folder that takes no files is named, not a file of ours in it",
  async () => {
    await using folder = await scratch();
    await (await openSqliteStore({ path: join(folder.path, "data", "sessionhook.db") })).close();
    expect(await runCli(["backup", "/proc/x.db"], { cwd: folder.path })).toEqual({
      code: 1,
      stdout: "",
      stderr: "error: The folder /proc takes no new files (ENOENT); choose another one\n",
    });
  },
);
