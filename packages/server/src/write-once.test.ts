import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeOnce } from "./write-once.js";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sessionhook-once-"));
  file = join(folder, "credentials.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

it("writes a file once, readable by its owner alone, and leaves nothing beside it", () => {
  expect(writeOnce(file, "first")).toBe(true);
  expect(writeOnce(file, "second")).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("first");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["credentials.json"]);
});

it("replaces an empty file, which an interrupted start of an older version left", () => {
  writeFileSync(file, "");
  expect(writeOnce(file, "first")).toBe(true);
  expect(readFileSync(file, "utf8")).toBe("first");
});

const module = fileURLToPath(new URL("write-once.ts", import.meta.url));
const script = (text: string) =>
  `import { writeOnce } from ${JSON.stringify(module)}; process.stdout.write(String(writeOnce(${JSON.stringify(file)}, ${text})));`;
const run = (text: string) => [process.execPath, ["--input-type=module", "-e", script(text)]] as const;

it("has one winner among processes that start at once", async () => {
  const results = await Promise.all(
    Array.from({ length: 6 }, async (_, i) => {
      const child = spawn(...run(`"text ${i}"`), { stdio: ["ignore", "pipe", "inherit"] });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      await new Promise((resolve) => child.once("close", resolve));
      return output;
    }),
  );
  expect(results.filter((result) => result === "true")).toHaveLength(1);
  expect(readFileSync(file, "utf8")).toMatch(/^text \d$/);
  expect(readdirSync(folder)).toEqual(["credentials.json"]);
});

const mount = process.getuid?.() === 0 && process.platform === "linux";

it.skipIf(!mount)(`leaves nothing on a full disk${mount ? "" : " (needs root to mount one)"}`, () => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", disk]);
  try {
    file = join(disk, "credentials.json");
    const { status, stderr } = spawnSync(...run('"x".repeat(100_000)'), { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toContain("ENOSPC");
    expect(readdirSync(disk)).toEqual([]);
    expect(writeOnce(file, "small")).toBe(true);
  } finally {
    execFileSync("umount", ["--lazy", disk]);
  }
});
