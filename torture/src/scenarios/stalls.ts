import { pause } from "../wait.ts";
import type { Scenario } from "../scenario.ts";
import { finish } from "../faults.ts";

/** The whole process is stopped (a suspended machine, a long pause) while senders time out and send again. */
export const stalls: Scenario = {
  name: "stalls",
  run: async (torture) => {
    const app = torture.process();
    await app.start();
    const load = torture.load(app, 24, { timeoutMs: 400 });
    let slowest = 0;
    for (let stall = 0; stall < 6; stall++) {
      await load.acknowledges(30);
      await pause(torture.random(50));
      app.signal("SIGSTOP");
      await pause(200 + torture.random(1200));
      app.signal("SIGCONT");
      const began = performance.now();
      await load.acknowledges(24);
      slowest = Math.max(slowest, performance.now() - began);
    }
    torture.check(load.count(0) > 0, "no sender lost patience: the stalls were too short");
    torture.check(slowest < 60_000, `it took ${Math.round(slowest)} ms to serve again`);
    await finish(torture, app, load);
    return `stopped 6 times; ${load.count(0)} attempts timed out and came again; serving again within ${Math.round(slowest)} ms`;
  },
};
