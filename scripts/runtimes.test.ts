import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { cliCommand, runtimeBinary, startCommand } from "./runtimes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bun = runtimeBinary("bun");

it.skipIf(bun === undefined)("Bun refuses an import of the configuration file that is not installed", () => {
  const folder = mkdtempSync(join(tmpdir(), "sessionhook-bun-"));
  try {
    const script = join(folder, "main.js");
    // A name that npm cannot have: without the flag, Bun asks the registry for it.
    writeFileSync(script, 'await import("_not-installed").catch(({ message }) => console.log(message));');
    for (const command of [startCommand("bun", {}), cliCommand("bun", [])]) {
      if ("reason" in command) throw new Error(command.reason);
      const flags = command.args.slice(0, -1);
      expect(flags).toEqual(["--no-install"]);
      const printed = execFileSync(command.file, [...flags, script], { cwd: folder, encoding: "utf8" });
      expect(printed).toContain("Cannot find package '_not-installed'");
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it("the documentation runs Bun without downloads by an import", () => {
  const pages = globSync("{*.md,{docs,apps,deploy}/**/*.{md,service,yaml}}", {
    cwd: root,
    exclude: ["**/node_modules"],
  });
  const commands = pages.flatMap((page) =>
    [...readFileSync(join(root, page), "utf8").matchAll(/\bbun (?:-\S+ )*apps\/\S+/g)].map(([text]) => text),
  );
  expect(commands.length).toBeGreaterThan(2);
  expect(commands.filter((command) => !command.startsWith("bun --no-install "))).toEqual([]);
});
