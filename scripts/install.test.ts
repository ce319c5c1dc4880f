import { spawn } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const some = ["app"];
const module = pathToFileURL(fileURLToPath(new URL("install.mjs", import.meta.url))).href;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "install-"));
  for (const name of ["pnpm-workspace.yaml", "package.json"]) writeFileSync(join(root, name), "");
  lockfile("one");
});
afterEach(() => rmSync(root, { recursive: true }));

const lockfile = (text: string) => writeFileSync(join(root, "pnpm-lock.yaml"), text);
const lock = () => join(root, "node_modules", ".sessionhook-installing");

/** Returns the installs so far, a line each: the packages, or nothing for everything. */
function done(): string[] {
  const path = join(root, "done");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
}

interface Installing {
  /** Its whole output after it has ended; rejects if it failed. */
  readonly output: Promise<string>;
  /** Resolves when its output contains a text; rejects if it ends without. */
  prints(text: string): Promise<void>;
}

/** Runs `install` in a separate process. Its work fails if another process works in the same folder. */
function start(packages: readonly string[], work = ""): Installing {
  const script = `
    import { appendFileSync, existsSync, mkdirSync, rmdirSync } from "node:fs";
    import { install } from ${JSON.stringify(module)};
    const root = ${JSON.stringify(root)};
    install({ root, packages: ${JSON.stringify(packages)}, say: (line) => console.log(line), run: (chosen) => {
      mkdirSync(root + "/at-work");
      ${work}
      appendFileSync(root + "/done", chosen.join() + "\\n");
      rmdirSync(root + "/at-work");
    }});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "pipe" });
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const closed = new Promise((resolve) => child.on("close", resolve));
  const output = Promise.all([text(child.stderr), closed]).then(([errors, code]) => {
    if (code !== 0) throw new Error(`ended with ${String(code)}: ${errors}`);
    return printed;
  });
  const prints = async (expected: string) => {
    const found = new Promise<void>((resolve) =>
      child.stdout.on("data", () => printed.includes(expected) && resolve()),
    );
    if (printed.includes(expected)) return;
    await Promise.race([found, output]);
    expect(printed).toContain(expected);
  };
  return { output, prints };
}

const installing = (...given: Parameters<typeof start>) => start(...given).output;

describe("installing", () => {
  it("runs once per lockfile", async () => {
    await installing([]);
    expect(await installing([])).toBe("");
    lockfile("two");
    await installing([]);
    expect(done()).toEqual(["", ""]);
  });

  it("installs what running needs, and the rest on request", async () => {
    await installing(some);
    await installing(some);
    await installing([]);
    await installing(some);
    expect(done()).toEqual(["app", ""]);
  });

  it("never removes installed packages, even with another lockfile", async () => {
    await installing([]);
    lockfile("two");
    await installing(some);
    await installing([]);
    expect(done()).toEqual(["", ""]);
  });

  it("adds the packages of another app, and installs both again with another lockfile", async () => {
    await installing(some);
    await installing(["other"]);
    await installing(some);
    lockfile("two");
    await installing(some);
    expect(done()).toEqual(["app", "app,other", "app,other"]);
  });

  it.each([
    ["everything", [], [""]],
    ["what is needed to run", some, ["app", ""]],
  ])("waits for a process that installs %s, and installs nothing twice", async (_, packages, expected) => {
    // Or until the folder is gone, when the test has failed.
    const untilGo = `
      while (existsSync(root + "/at-work") && !existsSync(root + "/go"))
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);`;
    const first = start(packages, untilGo);
    await first.prints("Installing");
    const others = [start([]), start([]), start(some)];
    await Promise.all(others.map((other) => other.prints("Waiting for another command")));
    expect(done()).toEqual([]);
    writeFileSync(join(root, "go"), "");
    await Promise.all([first, ...others].map((one) => one.output));
    expect(done()).toEqual(expected);
    expect(() => lstatSync(lock())).toThrow("ENOENT");
  });

  it("continues after a process that was killed", async () => {
    await expect(installing([], 'process.kill(process.pid, "SIGKILL");')).rejects.toThrow("ended with null");
    expect(lstatSync(lock()).isSymbolicLink()).toBe(true);
    rmSync(join(root, "at-work"), { recursive: true });
    await installing([]);
    expect(done()).toEqual([""]);
  });

  it("runs again after a process that failed", async () => {
    const broken = installing([], 'rmdirSync(root + "/at-work"); throw new Error("no network");');
    await expect(broken).rejects.toThrow("no network");
    await installing([]);
    expect(done()).toEqual([""]);
  });

  it("waits for a lock whose holder runs", async () => {
    mkdirSync(join(root, "node_modules"));
    symlinkSync(String(process.pid), lock());
    const waiting = start([]);
    await waiting.prints("Waiting for another command");
    // Time enough to try again a few times.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(done()).toEqual([]);
    rmSync(lock());
    await waiting.output;
    expect(done()).toEqual([""]);
  });
});
