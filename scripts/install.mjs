// Installs once per lockfile, as much as the command needs. Plain JavaScript for Node 20 without dependencies.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const lockedBy = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"];

/** Returns the result of `work`, or undefined if it fails with the error code. */
function unless(code, work) {
  try {
    return work();
  } catch (error) {
    if (error.code !== code) throw error;
    return undefined;
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Takes the lock, a link to the process id of its holder: it never exists without one. False where it is taken. */
function take(lock) {
  if (unless("EEXIST", () => symlinkSync(String(process.pid), lock) ?? true)) return true;
  const holder = unless("ENOENT", () => readlinkSync(lock));
  if (holder !== undefined && !isAlive(Number(holder))) rmSync(lock, { force: true });
  return false;
}

/**
 * Runs one install at a time in a folder. pnpm has no lock: a small install beside a full one leaves packages out
 * while both report success.
 */
function alone(lock, onWait, work) {
  for (let waited = 0; !take(lock); waited += 1) {
    if (waited === 0) onWait();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/**
 * Installs the missing dependencies of `packages`, names of the workspace (empty: all). Installed packages are never
 * removed: after a change of the lockfile they are installed again.
 * @param options `root`: the workspace; `run(packages)`: installs, or throws; `say(line)`: prints a line for the user.
 */
export function install({ root, packages, run, say }) {
  const modules = join(root, "node_modules");
  const mark = join(modules, ".sessionhook-installed");
  const files = lockedBy.map((name) => readFileSync(join(root, name)));
  const hash = createHash("sha256").update(Buffer.concat(files)).digest("hex");

  /** The packages to install, of which none means everything; undefined where nothing is missing. */
  const missing = () => {
    const [of, ...before] = (unless("ENOENT", () => readFileSync(mark, "utf8")) ?? "").split(" ");
    const all = before.includes("all") || packages.length === 0;
    const wanted = all ? ["all"] : [...new Set([...before, ...packages])];
    if (of === hash && wanted.every((name) => before.includes(name))) return undefined;
    return wanted;
  };

  if (missing() === undefined) return;
  mkdirSync(modules, { recursive: true });
  const waiting = () => say("Waiting for another command that installs here …");
  alone(join(modules, ".sessionhook-installing"), waiting, () => {
    const wanted = missing();
    if (wanted === undefined) return;
    say("Installing dependencies …");
    run(wanted.filter((name) => name !== "all"));
    writeFileSync(mark, [hash, ...wanted].join(" "));
  });
}
