import { maxConnections } from "@sessionhook/core/limits";
import type { AppProcess } from "../app-process.ts";
import { finish } from "../faults.ts";
import type { Load } from "../load.ts";
import { type MemoryAttack, memoryAttacks } from "../memory-attacks.ts";
import { metric } from "../metrics.ts";
import { CannotRun, type Scenario, type Torture } from "../scenario.ts";
import { Crowd, openFilesLimit } from "../sockets.ts";
import { pause, until } from "../wait.ts";

/** Files that the app and this process open at least. */
const neededFiles = 16_000;
/**
 * Most resident memory, in MiB. Measured: 995, 1081 and 2794. On Deno 770 before the pipelined requests: their garbage is a
 * gigabyte, and V8 collects late from then on; a collection leaves 15.
 */
export const mostResidentMib: Readonly<Record<string, number>> = { node: 1536, bun: 2560, deno: 4096 };
const mostResident = ({ app }: Torture): number => mostResidentMib[app.runtime] ?? 0;
/** Files of connections that are closed in the turn of the event loop in which others open. */
const slack = 600;
/** Until when everything is connected, and when it is gone, in milliseconds: for a slow machine. */
const patience = 60_000;

/**
 * Thousands of requests that never end, attack after attack on one app: memory stays below one limit, good messages are
 * answered meanwhile, and nothing of an attack stays counted or open.
 */
export const memory: Scenario = {
  name: "memory",
  alone: true,
  run: async (torture) => {
    if (openFilesLimit() < neededFiles)
      throw new CannotRun(`it opens ${neededFiles} files, and only ${openFilesLimit()} may be open here`);
    // Long enough that the first bodies are still held when the last have come.
    const app = torture.process({ SESSIONHOOK_BODY_TIMEOUT_SECONDS: "300" });
    await app.start();
    const load = torture.load(app, 2);
    await load.acknowledges(50);
    const peaks: string[] = [];
    for (const attack of memoryAttacks) {
      const peak = await suffer(torture, app, load, attack);
      peaks.push(`${attack.name}: ${Math.round(peak)}`);
    }
    await finish(torture, app, load);
    return `MiB resident at most: ${peaks.join("; ")} (limit ${mostResident(torture)})`;
  },
};

/** Returns the most memory that the app took meanwhile, in MiB. */
async function suffer(torture: Torture, app: AppProcess, load: Load, attack: MemoryAttack): Promise<number> {
  const origin = app.origin ?? "";
  const limit = mostResident(torture);
  const filesBefore = app.openFiles;
  app.forgetPeak();
  const crowd = new Crowd();
  torture.cleanUpWith(() => crowd.close());
  let mostFiles = 0;
  const guard = setInterval(() => {
    if (!app.running) return;
    mostFiles = Math.max(mostFiles, app.openFiles);
    // What grows without bound must not take the memory of this machine.
    if (app.memory().now > 3 * limit) app.signal("SIGKILL");
  }, 100);
  try {
    await attack.run(crowd, origin);
    if (attack.busy === true) crowd.close();
    else await settled(app);
    await load.acknowledges(20, patience);
  } catch (error) {
    throw new Error(
      `${attack.name}: ${app.running ? "no good message is answered" : `the app ended (${app.ended})`}`,
      {
        cause: error,
      },
    );
  } finally {
    clearInterval(guard);
  }
  const { peak } = app.memory();
  // Bun cannot limit its connections.
  const allowed = torture.app.runtime === "bun" ? Infinity : filesBefore + maxConnections + slack;
  torture.check(mostFiles <= allowed, `${attack.name}: ${mostFiles} files open, ${allowed} are allowed`);
  torture.check(peak < limit, `${attack.name}: ${Math.round(peak)} MiB resident, ${limit} are allowed`);
  crowd.close();
  const counted = () => metric(origin, "memory_budget_used_bytes").catch(() => Infinity);
  const gone = async () => app.openFiles <= filesBefore + 20 && (await counted()) < 1024 * 1024;
  torture.check(
    await until(gone, patience),
    `${attack.name}: ${app.openFiles} files open afterwards, ${filesBefore} before; ${await counted()} bytes counted`,
  );
  return peak;
}

/** Waits until the app has taken in all that was sent: the system holds megabytes of a connection for it. */
async function settled(app: AppProcess): Promise<void> {
  const deadline = performance.now() + patience;
  for (let calm = 0; calm < 2 && performance.now() < deadline;) {
    const { openFiles } = app;
    const { peak } = app.memory();
    await pause(500);
    calm = app.memory().peak < peak + 8 && Math.abs(app.openFiles - openFiles) < 20 ? calm + 1 : 0;
  }
}
