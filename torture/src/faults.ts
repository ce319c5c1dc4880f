import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AppProcess } from "./app-process.ts";
import { ask } from "./http.ts";
import { type Load, properRefusal } from "./load.ts";
import { CannotRun, type Torture } from "./scenario.ts";
import { pause, until } from "./wait.ts";

/** Mounts a small file system, unmounted at the end. Needs root. */
export function mountTmpfs(torture: Torture, folder: string, size: string): void {
  mkdirSync(folder, { recursive: true });
  run("mount", ["-t", "tmpfs", "-o", `size=${size},mode=0700`, "tmpfs", folder]);
  torture.cleanUpWith(() => spawnSync("umount", ["--lazy", folder]));
}

/** Changes options of a mounted file system, such as its size. */
export function remount(folder: string, options: string): void {
  run("mount", ["-o", `remount,${options}`, folder]);
}

/** Sets or clears `i` (immutable): writes fail even through descriptors that are open. Needs root and ext4. */
export function setImmutable(flag: "+i" | "-i", files: readonly string[]): void {
  if (files.length > 0) run("chattr", [flag, ...files]);
}

function run(file: string, args: readonly string[]): void {
  const { status, stderr, error } = spawnSync(file, args, { encoding: "utf8" });
  if (status !== 0)
    throw new CannotRun(`${file} ${args.join(" ")}: ${(error?.message ?? stderr).trim().split("\n")[0]}`);
}

/** Another process that holds the write lock of a database; resolves once it does. `release` releases it. */
export async function lockDatabase(torture: Torture, file: string): Promise<() => Promise<void>> {
  const script = fileURLToPath(new URL("./hold-lock.ts", import.meta.url));
  const child = spawn(process.execPath, [script, file], { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(child, "close");
  const release = async () => {
    child.kill("SIGKILL");
    await closed;
  };
  torture.cleanUpWith(release);
  await Promise.race([once(child.stdout, "data"), closed]);
  if (child.exitCode !== null) throw new Error("the lock could not be taken");
  return release;
}

/** Number of consecutive rounds without an acknowledgement after which an outage has begun. */
const quietRounds = 3;

/**
 * Expects an outage: every message gets 503, nothing is acknowledged, and the app stays alive.
 * @param total false for a full disk: once the log is copied a small event may fit again, and the audit at the end checks
 * that it was stored
 */
export async function expectOutage(
  torture: Torture,
  app: AppProcess,
  load: Load,
  total = true,
): Promise<void> {
  const origin = app.origin ?? "";
  const deadline = performance.now() + 180_000;
  let quiet = 0;
  while (quiet < quietRounds && performance.now() < deadline) {
    const { taken, refused } = await refusalRound(load);
    quiet = taken === 0 && refused > 0 ? quiet + 1 : 0;
  }
  torture.check(quiet === quietRounds, `no outage: ${load.count(503)} times 503, and still events are taken`);
  const { taken, refused } = await refusalRound(load);
  torture.check(!total || taken === 0, `${taken} acknowledged in the outage`);
  torture.check(refused > 0, "no answers during the outage");
  torture.check((await ask(`${origin}/healthz`)).status === 200, "/healthz is not 200 in the outage");
  const unready = await until(async () => properRefusal(await ask(`${origin}/readyz`)), 10_000);
  torture.check(unready, "/readyz does not refuse in the outage");
}

/** Waits at least a second, until as many attempts were rejected as there are senders, or one was acknowledged. */
async function refusalRound(load: Load): Promise<{ taken: number; refused: number }> {
  const [taken, refused] = [load.acknowledgements, load.count(503)];
  await pause(1000);
  await until(() => load.acknowledgements > taken || load.count(503) >= refused + load.senders, 30_000);
  return { taken: load.acknowledgements - taken, refused: load.count(503) - refused };
}

/** Kills the app with SIGKILL, and checks that it had not crashed before. */
export async function kill9(torture: Torture, app: AppProcess): Promise<void> {
  const end = await app.end("SIGKILL");
  torture.check(end === "SIGKILL", `it had ended by itself with ${end}: ${app.output.slice(-300)}`);
}

/** Expects that the app stores events again after a fault, without a restart, the first within ten seconds. */
export async function expectRecovery(torture: Torture, app: AppProcess, load: Load): Promise<string> {
  const began = performance.now();
  await load.acknowledges(1, 10_000);
  const took = ((performance.now() - began) / 1000).toFixed(1);
  await load.acknowledges(100);
  // Under full load a small disk would fill up again.
  load.paused = true;
  const ready = await until(async () => (await ask(`${app.origin}/readyz`)).status === 200, 30_000);
  load.paused = false;
  torture.check(ready, "/readyz is not 200 after recovery");
  return took;
}

/** Stops load and app, and audits the database. */
export async function finish(torture: Torture, app: AppProcess, load: Load, file?: string): Promise<void> {
  await load.stop();
  torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
  torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
  torture.audit(file);
}
