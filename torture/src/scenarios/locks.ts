import { pause } from "../wait.ts";
import type { Scenario } from "../scenario.ts";
import { expectOutage, expectRecovery, finish, kill9, lockDatabase } from "../faults.ts";
import { createTraffic } from "../traffic.ts";

/** Another process (a backup, a person with a database shell) holds the write lock. */
export const locked: Scenario = {
  name: "database locked",
  run: async (torture) => {
    const app = torture.process();
    await app.start();
    const load = torture.load(app, 16);
    await load.acknowledges(100);
    const release = await lockDatabase(torture, torture.file);
    await expectOutage(torture, app, load);
    await release();
    const took = await expectRecovery(torture, app, load);
    await finish(torture, app, load);
    return `another process held the write lock; back after ${took} s`;
  },
};

/** Two apps on one file, which receive the same events at the same time; one is killed half-way. */
export const twoProcesses: Scenario = {
  name: "two apps on one file",
  run: async (torture) => {
    const first = torture.process();
    const second = torture.process();
    await Promise.all([first.start(), second.start()]);
    // Two generators with one seed: each event goes to both apps.
    const now = Date.now();
    const loads = [first, second].map((app) =>
      torture.load(app, 8, { next: createTraffic(torture.seed, now), timeoutMs: 30_000 }),
    );
    await Promise.all(loads.map((load) => load.acknowledges(500)));
    await kill9(torture, first);
    await pause(200);
    await first.start();
    await Promise.all(loads.map((load) => load.acknowledges(200)));
    await Promise.all(loads.map((load) => load.stop()));
    for (const app of [first, second])
      torture.check((await app.end("SIGTERM")) === 0, "a stop was not clean");
    for (const load of loads) {
      torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
    }
    torture.audit();
    const [a = 0, b = 0] = loads.map((load) => load.acknowledgements);
    const shared = a + b - torture.ledger.acknowledged.size;
    torture.check(shared >= 500, `only ${shared} events were acknowledged by both`);
    return `every event to both at once, one killed on the way; ${a} and ${b} acknowledgements, ${shared} events by both`;
  },
};
