// Installs once per lockfile, as much as the command needs. Plain JavaScript for Node 20 without dependencies.
import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const lockedBy = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"];

function readIfThere(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return "";
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Takes the lock, or finds it taken; one whose holder was killed is removed. Linked whole: never without its holder. */
function take(lock) {
  const mine = `${lock}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    linkSync(mine, lock);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const holder = readIfThere(lock);
    if (holder !== "" && !isAlive(Number(holder))) rmSync(lock, { force: true });
    return false;
  } finally {
    rmSync(mine);
  }
}

/** One install at a time: two in the same folder would undo each other's work. */
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
 * Installs what is missing for `filters` (pnpm's; none: everything). What is installed is never narrowed: where
 * everything was once, everything will be, also after the lockfile has changed.
 * @param options `root`: the workspace; `run(filters)`: installs, or throws; `say(line)`: tells the user.
 */
export function install({ root, filters, run, say }) {
  const modules = join(root, "node_modules");
  const mark = join(modules, ".sessionhook-installed");
  const files = lockedBy.map((name) => readFileSync(join(root, name)));
  const hash = createHash("sha256").update(Buffer.concat(files)).digest("hex");

  const installed = () => {
    const [of, scope] = readIfThere(mark).split(" ");
    return { everything: scope === "all", enough: of === hash && (scope === "all" || filters.length > 0) };
  };

  if (installed().enough) return;
  mkdirSync(modules, { recursive: true });
  const waiting = () => say("Waiting for another command that installs here …");
  alone(join(modules, ".sessionhook-installing"), waiting, () => {
    const { everything, enough } = installed();
    if (enough) return;
    say("Installing dependencies …");
    const chosen = everything ? [] : filters;
    run(chosen);
    writeFileSync(mark, `${hash} ${chosen.length > 0 ? "run" : "all"}`);
  });
}
