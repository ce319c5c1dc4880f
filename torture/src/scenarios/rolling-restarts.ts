import type { AppProcess } from "../app-process.ts";
import { type Command, findApps, oldestNode } from "../apps.ts";
import type { Load } from "../load.ts";
import { outsidePrograms, repeatedly, runOutside } from "../outside.ts";
import { CannotRun, type Scenario, type Torture } from "../scenario.ts";
import { kill9 } from "../faults.ts";

const restarts = 6;

/** The next version starts beside the old one and replaces it, repeatedly; at the end kill -9. */
export const rollingRestarts: Scenario = {
  name: "rolling restarts",
  run: async (torture) => roll(torture, torture.command),
};

export const rollingOldest: Scenario = {
  name: "rolling restarts on the oldest Node",
  runtimes: ["node"],
  run: async (torture) => roll(torture, oldestCommand()),
};

async function roll(torture: Torture, command: Command): Promise<string> {
  let current = torture.process({}, command);
  await current.start();
  const load = loadOn(torture, () => current);
  for (let restart = 0; restart < restarts; restart++) {
    await load.acknowledges(30 + torture.random(100));
    const next = torture.process({}, command);
    await next.start();
    const old = current;
    // In some rounds the new app receives some events first.
    if (restart % 2 === 1) {
      current = next;
      await load.acknowledges(30);
    }
    torture.check((await old.end("SIGTERM")) === 0, "a stop was not clean");
    current = next;
  }
  await load.acknowledges(30);
  await finishHard(torture, current, load);
  return `${restarts} times a new app beside the old one, which then got SIGTERM; then kill -9`;
}

/** Apps of other runtimes and a reader with an old SQLite open and close the file of a running app. */
export const otherRuntimes: Scenario = {
  name: "apps of other runtimes",
  run: async (torture) => {
    const [sqlite3] = outsidePrograms().values();
    if (sqlite3 === undefined) throw new CannotRun("sqlite3 is not installed");
    const others: [string, Command][] = [["oldest node", oldestCommand()]];
    for (const { runtime, command } of findApps())
      if (runtime !== torture.app.runtime && !("reason" in command)) others.push([runtime, command]);
    const app = torture.process();
    await app.start();
    const load = loadOn(torture, () => app);
    const stop = repeatedly(torture, 400, () => runOutside(sqlite3("read", torture.file, "")));
    for (const [index, [name, command]] of [...others, ...others].entries()) {
      await load.acknowledges(30);
      const guest = torture.process({}, command);
      await guest.start();
      const guests = loadOn(torture, () => guest);
      await guests.acknowledges(30);
      await guests.stop();
      torture.check(
        guests.improper.length === 0,
        `improper answers of ${name}: ${guests.improper.join(" | ")}`,
      );
      if (index % 3 === 2) await kill9(torture, guest);
      else torture.check((await guest.end("SIGTERM")) === 0, `a stop of ${name} was not clean`);
    }
    await load.acknowledges(30);
    const read = await stop();
    await load.acknowledges(30);
    await finishHard(torture, app, load);
    const names = others.map(([name]) => name).join(", ");
    return `${2 * others.length} times an app of ${names} came and went, and ${read} times a reader; then kill -9`;
  },
};

function loadOn(torture: Torture, app: () => AppProcess): Load {
  return torture.load(app(), 8, { origin: () => app().origin, timeoutMs: 10_000 });
}

async function finishHard(torture: Torture, app: AppProcess, load: Load): Promise<void> {
  await kill9(torture, app);
  await load.stop();
  torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
  torture.audit();
}

function oldestCommand(): Command {
  const command = oldestNode();
  if ("reason" in command) throw new CannotRun(command.reason);
  return command;
}
