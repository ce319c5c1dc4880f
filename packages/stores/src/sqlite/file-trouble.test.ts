import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { useFolder } from "../../test/folder.js";
import { fileTrouble } from "./file-trouble.js";

const inFolder = useFolder();

it("finds none where files can be written, and leaves nothing behind", () => {
  expect(fileTrouble(inFolder("a.db"))).toBeUndefined();
  expect(fileTrouble(inFolder("missing/a.db"))).toBeUndefined();
  expect(readdirSync(inFolder(""))).toEqual([]);
});

it.skipIf(process.platform === "win32")("names too many open files", () => {
  const hooks = fileURLToPath(new URL("../../../core/scripts/resolve-sources.ts", import.meta.url));
  const module = JSON.stringify(new URL("./file-trouble.ts", import.meta.url));
  const script = `import { openSync } from "node:fs";
    const { fileTrouble } = await import(${module});
    fileTrouble(${JSON.stringify(inFolder("a.db"))});
    try { for (;;) openSync("/dev/null"); } catch {}
    process.stdout.write(String(fileTrouble(${JSON.stringify(inFolder("a.db"))})));`;
  const args = ["--conditions=@sessionhook/source", "--import", hooks, "--input-type=module", "-e", script];
  // Node raises the limit of open files to the hard one.
  const { stdout, stderr } = spawnSync(
    "sh",
    ["-c", 'ulimit -n 64 && exec "$@"', "sh", process.execPath, ...args],
    {
      encoding: "utf8",
    },
  );
  expect(`${stdout}${stderr}`).toBe("Too many files are open");
});
