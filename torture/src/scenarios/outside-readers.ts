import { outsidePrograms, repeatedly, runOutside } from "../outside.ts";
import type { Scenario } from "../scenario.ts";
import { kill9 } from "../faults.ts";
import { pause } from "../wait.ts";

const rounds = 3;

/** Other programs, each with another SQLite, open, read and close the database of a running app, which is then killed. */
export const outsideReaders: Scenario = {
  name: "outside readers",
  run: async (torture) => {
    const programs = outsidePrograms();
    const app = torture.process();
    await app.start();
    const load = torture.load(app, 12);
    let opened = 0;
    for (let round = 0; round < rounds; round++) {
      await load.acknowledges(50);
      const readers = [...programs].map(([name, program]) =>
        repeatedly(torture, 100 + torture.random(300), async () => {
          const action = torture.random(4) === 0 ? "check" : "read";
          const ended = await runOutside(program(action, torture.file, ""));
          torture.check(ended === "done", `${name} could not ${action}: ${String(ended)}`);
        }),
      );
      await pause(3000);
      const before = torture.ledger.acknowledged.size;
      for (const stop of readers) opened += await stop();
      await load.acknowledges(50);
      torture.check(torture.ledger.acknowledged.size > before, "nothing came after the last reader");
      await kill9(torture, app);
      await app.start();
    }
    await load.acknowledges(20);
    await load.stop();
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    torture.check(load.improper.length === 0, `improper answers: ${load.improper.join(" | ")}`);
    torture.audit();
    return `opened and closed ${opened} times by ${[...programs.keys()].join(", ")}; killed ${rounds} times`;
  },
};
