import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const some = ["app..."];
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

/** What was installed so far, a line each: its filters, or nothing for everything. */
function done(): string[] {
  const path = join(root, "done");
  return existsSync(path) ? readFileSync(path, "utf8").split("\n").slice(0, -1) : [];
}

/** `install` in a process of its own. Its work takes 300 ms, and fails if another is at work in the same folder. */
async function installing(filters: readonly string[], work = ""): Promise<string> {
  const script = `
    import { appendFileSync, mkdirSync, rmdirSync } from "node:fs";
    import { install } from ${JSON.stringify(module)};
    const root = ${JSON.stringify(root)};
    install({ root, filters: ${JSON.stringify(filters)}, say: (line) => console.log(line), run: (chosen) => {
      mkdirSync(root + "/at-work");
      ${work}
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
      appendFileSync(root + "/done", chosen.join() + "\\n");
      rmdirSync(root + "/at-work");
    }});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], { stdio: "pipe" });
  const exit = new Promise((resolve) => child.on("exit", resolve));
  const [out, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if (code !== 0) throw new Error(`ended with ${code}: ${errors}`);
  return out;
}

describe("installing", () => {
  it("happens once for a lockfile", async () => {
    await installing([]);
    expect(await installing([])).toBe("");
    lockfile("two");
    await installing([]);
    expect(done()).toEqual(["", ""]);
  });

  it("takes what is needed to run, and the rest once it is asked for", async () => {
    await installing(some);
    await installing(some);
    await installing([]);
    await installing(some);
    expect(done()).toEqual(["app...", ""]);
  });

  it("never narrows what is there, also with another lockfile", async () => {
    await installing([]);
    lockfile("two");
    await installing(some);
    await installing([]);
    expect(done()).toEqual(["", ""]);
  });

  it("waits for one that is under way, and does nothing twice", async () => {
    const all = await Promise.all([installing([]), installing([]), installing(some), installing(some)]);
    expect(all.join("")).toContain("Waiting for another command");
    const full = done().indexOf("");
    expect(done().slice(0, full)).toEqual(full === 0 ? [] : ["app..."]);
    expect(done().slice(full)).toEqual([""]);
    expect(existsSync(lock())).toBe(false);
  });

  it("goes on after one that was killed", async () => {
    await expect(installing([], 'process.kill(process.pid, "SIGKILL");')).rejects.toThrow("ended with null");
    expect(existsSync(lock())).toBe(true);
    rmSync(join(root, "at-work"), { recursive: true });
    await installing([]);
    expect(done()).toEqual([""]);
  });

  it("is tried again after one that failed", async () => {
    const broken = installing([], 'rmdirSync(root + "/at-work"); throw new Error("no network");');
    await expect(broken).rejects.toThrow("no network");
    await installing([]);
    expect(done()).toEqual([""]);
  });

  it("takes a lock without a mark for one under way", async () => {
    mkdirSync(join(root, "node_modules"));
    writeFileSync(lock(), String(process.pid));
    const waiting = installing([]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(done()).toEqual([]);
    rmSync(lock());
    await waiting;
    expect(done()).toEqual([""]);
  });
});
