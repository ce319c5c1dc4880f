import type { Scenario } from "../scenario.ts";
import { kill9 } from "../faults.ts";
import { pause } from "../wait.ts";

const times = 50;

/** kill -9 at random moments under load, on the same database; sometimes before the app listens. */
export const kills: Scenario = {
  name: "kill -9",
  run: async (torture) => {
    const app = torture.process();
    const began = performance.now();
    await app.start();
    const startMs = performance.now() - began;
    const load = torture.load(app, 24, { restMs: 20 });
    let early = 0;
    for (let kill = 1; kill <= times; kill++) {
      if (kill % 10 === 0) {
        early++;
        await kill9(torture, app);
        app.launch();
        // From before the app opens the file until it serves, on a slow machine too.
        await pause(torture.random(1.5 * startMs));
        await kill9(torture, app);
        await app.start();
        continue;
      }
      await load.acknowledges(1);
      await pause(torture.random(250));
      await kill9(torture, app);
      await app.start();
    }
    await load.acknowledges(24);
    torture.check(load.count(0) > times, `only ${load.count(0)} attempts were under way at ${times} kills`);
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    await load.stop();
    torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
    torture.audit();
    return `killed ${times + early} times under 24 senders, ${early} of them around the start`;
  },
};
