import { eventStatuses } from "@sessionhook/core";
import { spawn, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli, scratch } from "./run-cli.js";

/** Writes the script and completes a command line with it; returns the suggestions of the shell. */
async function completed(shell: "bash" | "zsh" | "fish", line: string): Promise<string[]> {
  await using folder = await scratch();
  const script = await runCli(["completion", shell]);
  expect(script).toMatchObject({ code: 0, stderr: "" });
  const file = join(folder.path, "_sessionhook");
  await writeFile(file, script.stdout);
  const run = { bash: inBash, zsh: inZsh, fish: inFish }[shell];
  return await run(file, line, folder.path);
}

function output(program: string, args: readonly string[], cwd: string): string[] {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: "utf8", cwd });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout.split("\n").filter((text) => text !== "");
}

async function inBash(file: string, line: string, cwd: string) {
  const words = line.split(" ").map((word) => `'${word}'`);
  const code = `source '${file}'; COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${words.length - 1}
    _sessionhook; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return output("bash", ["--norc", "-c", code], cwd);
}

async function inFish(file: string, line: string, cwd: string) {
  const code = `source '${file}'; complete -C '${line}'`;
  return output("fish", ["--no-config", "-c", code], cwd).map((text) => text.split("\t")[0] ?? "");
}

/** zsh completes only on a terminal: `script` provides one, and a tab lists the suggestions. */
async function inZsh(file: string, line: string, cwd: string) {
  const child = spawn("script", ["-qefc", "zsh -f -i", "/dev/null"], {
    cwd,
    env: { ...process.env, TERM: "dumb", PS1: "% " },
  });
  let screen = "";
  child.stdout.on("data", (chunk) => (screen += String(chunk)));
  child.stdin.write(
    `stty cols 300 rows 80; LISTMAX=1000; autoload -U compinit; compinit -D -u; source '${file}'; print rea''dy\n`,
  );
  // Wait for the prompt: zsh does not complete keys that were pressed before it.
  await expect.poll(() => screen, { timeout: 20_000 }).toContain("ready");
  await new Promise((resolve) => setTimeout(resolve, 500));
  screen = "";
  child.stdin.write(`${line}\t\t`);
  await expect.poll(() => screen.length, { timeout: 20_000 }).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  child.stdin.end("\u0003exit\n");
  await new Promise((resolve) => child.on("close", resolve));
  return screen.split(/\s+/);
}

const shells = ["bash", "zsh", "fish"] as const;

describe.each(shells)("the completion of %s", (shell) => {
  const programs = shell === "zsh" ? ["zsh", "script"] : [shell];
  const there = programs.every((program) => spawnSync(program, ["--version"]).status === 0);
  const reason = there ? "" : ` (${programs.join(" or ")} is not installed; REQUIRE_SHELLS=1 requires it)`;
  if (process.env["REQUIRE_SHELLS"] === "1")
    it("is tested with the shell itself", () => expect(reason).toBe(""));

  it.skipIf(!there)(
    `offers commands, those of a group, options and their choices${reason}`,
    { timeout: 120_000 },
    async () => {
      expect(await completed(shell, "sessionhook ")).toEqual(
        expect.arrayContaining(["send", "listen", "open", "events", "completion"]),
      );
      expect(await completed(shell, "sessionhook events ")).toEqual(
        expect.arrayContaining(["list", "get", "tail", "export", "recheck"]),
      );
      expect(await completed(shell, "sessionhook events list --st")).toEqual(
        expect.arrayContaining([expect.stringContaining("--status") as string]),
      );
      expect(await completed(shell, "sessionhook events list --status ")).toEqual(
        expect.arrayContaining([...eventStatuses]),
      );
      expect(await completed(shell, "sessionhook completion ")).toEqual(expect.arrayContaining([...shells]));
    },
  );
});

it("completion for another shell is wrong usage, and --json has the script as a string", async () => {
  expect(await runCli(["completion", "tcsh"])).toMatchObject({ code: 2, stdout: "" });
  const { stdout } = await runCli(["completion", "bash", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ shell: "bash", script: expect.stringContaining("complete ") });
});
