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

/** Has six processes write each of the files `<name>-<i>` at the same instant. Returns how often each text won. */
async function race(name: string, rounds: number): Promise<Record<string, number>[]> {
  const begin = Date.now() + 1500;
  const code = (text: string) => `
    import { writeOnce } from ${JSON.stringify(module)};
    const won = [];
    for (let i = 0; i < ${rounds}; i++) {
      while (Date.now() < ${begin} + 10 * i);
      won.push(writeOnce(${JSON.stringify(join(folder, name))} + "-" + i, "${text}"));
    }
    process.stdout.write(JSON.stringify(won));`;
  const racer = async (text: string) => {
    const args = ["--input-type=module", "-e", code(text)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await new Promise((resolve) => child.once("close", resolve));
    return { text, won: JSON.parse(output) as boolean[] };
  };
  const racers = await Promise.all(["a", "b", "c", "d", "e", "f"].map(racer));
  return Array.from({ length: rounds }, (_, i) =>
    Object.fromEntries(racers.filter(({ won }) => won[i]).map(({ text }) => [text, 1])),
  );
}

it.each(["missing", "empty"])(
  "has one winner among processes that start at once, where the file is %s",
  { timeout: 30_000 },
  async (before) => {
    const files = Array.from({ length: 150 }, (_, i) => `${before}-${i}`);
    if (before === "empty") for (const name of files) writeFileSync(join(folder, name), "");
    const winners = await race(before, files.length);
    for (const [i, name] of files.entries())
      expect(winners[i]).toEqual({ [readFileSync(join(folder, name), "utf8")]: 1 });
    expect(readdirSync(folder).sort()).toEqual(files.sort());
  },
);

it("uses the text of a process that was interrupted while it replaced an empty file", () => {
  writeFileSync(file, "");
  writeFileSync(`${file}.next`, "first", { mode: 0o600 });
  expect(writeOnce(file, "second")).toBe(false);
  expect(readFileSync(file, "utf8")).toBe("first");
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
