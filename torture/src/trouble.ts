import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { AppProcess } from "./app-process.ts";
import { ask } from "./http.ts";
import { type Load, pause, properRefusal } from "./load.ts";
import { CannotRun, type Torture } from "./scenario.ts";

/** A small file system of its own, gone at the end. Needs root. */
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

/** Another process that holds the write lock of a database; resolves once it does. `release` lets go of it. */
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

/** Holds an outage that must show as 503: waits for refusals, watches that nothing is acknowledged, and the app lives. */
export async function expectOutage(torture: Torture, app: AppProcess, load: Load): Promise<void> {
  const origin = app.origin ?? "";
  // A full disk has no sharp edge: small events still fit where large ones do not. Wait until none does.
  const deadline = performance.now() + 60_000;
  let before = -1;
  while (performance.now() < deadline && (load.count(503) === 0 || load.acknowledgements !== before)) {
    before = load.acknowledgements;
    await pause(800);
  }
  torture.check(load.count(503) > 0, "no 503 within 60 s");
  before = load.acknowledgements;
  const refused = load.count(503);
  await pause(1500);
  for (let tries = 0; tries < 29 && load.count(503) === refused; tries++) await pause(1500);
  torture.check(
    load.acknowledgements === before,
    `${load.acknowledgements - before} acknowledged in the outage`,
  );
  torture.check(load.count(503) > refused, "no answers during the outage");
  torture.check((await ask(`${origin}/healthz`)).status === 200, "/healthz is not 200 in the outage");
  const ready = await ask(`${origin}/readyz`);
  torture.check(properRefusal(ready), `/readyz says ${ready.status} in the outage`);
}

/** After the trouble is over: events are taken again, without a restart, the first within ten seconds. */
export async function expectRecovery(torture: Torture, app: AppProcess, load: Load): Promise<string> {
  const began = performance.now();
  await load.acknowledges(1, 10_000);
  const took = ((performance.now() - began) / 1000).toFixed(1);
  await load.acknowledges(100);
  // Under full load a small disk would fill up again meanwhile.
  load.paused = true;
  let ready = 0;
  for (let tries = 0; tries < 100 && ready !== 200; tries++) {
    ready = (await ask(`${app.origin}/readyz`)).status;
    await pause(100);
  }
  load.paused = false;
  torture.check(ready === 200, `/readyz is ${ready} after recovery`);
  return took;
}

/** Stops everything and counts. */
export async function finish(torture: Torture, app: AppProcess, load: Load, file?: string): Promise<void> {
  await load.stop();
  torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
  torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
  torture.audit(file);
}
