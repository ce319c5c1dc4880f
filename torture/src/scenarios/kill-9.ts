import { pause } from "../load.ts";
import type { Scenario } from "../scenario.ts";

const kills = 50;

/** kill -9 at random moments under load, on the same database; now and then before the app listens at all. */
export const kill9: Scenario = {
  name: "kill -9",
  run: async (torture) => {
    const app = torture.process();
    await app.start();
    const load = torture.load(app, 24);
    let early = 0;
    for (let kill = 1; kill <= kills; kill++) {
      if (kill % 10 === 0) {
        early++;
        if (app.running) await app.end("SIGKILL");
        app.launch();
        await pause(torture.random(400));
        await app.end("SIGKILL");
        await app.start();
        continue;
      }
      await load.acknowledges(1);
      await pause(torture.random(250));
      await app.end("SIGKILL");
      await app.start();
    }
    await load.acknowledges(24);
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    await load.stop();
    torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
    torture.audit();
    return `killed ${kills + early} times under 24 senders, ${early} of them around the start`;
  },
};
