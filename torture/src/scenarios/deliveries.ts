import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkDerived } from "../derived.ts";
import { checkArrival, checkSettled, httpDestination, receivingSecret } from "../destinations.ts";
import { kill9 } from "../faults.ts";
import { ReceivingSystem, type Reply } from "../receiving-system.ts";
import type { Scenario } from "../scenario.ts";
import { pause, until } from "../wait.ts";

const times = 50;

/** kill -9 at random moments of append, route, claim, send and settle: each acknowledged event arrives at least once. */
export const deliveries: Scenario = {
  name: "deliveries",
  run: async (torture) => {
    const healthy = await ReceivingSystem.start(receivingSecret);
    const faulty = await ReceivingSystem.start(receivingSecret);
    const hanging = await ReceivingSystem.start(receivingSecret);
    for (const system of [healthy, faulty, hanging]) torture.cleanUpWith(() => system.stop());
    faulty.reply = () => (["break", 500, "hang", 200, 200, 200] as Reply[])[torture.random(6)] as Reply;
    hanging.reply = () => "hang";
    const config = {
      destinations: {
        healthy: httpDestination(healthy.port),
        faulty: httpDestination(faulty.port, { concurrency: 8 }),
        hanging: httpDestination(hanging.port),
      },
    };
    writeFileSync(join(torture.folder, "sessionhook.config.json"), JSON.stringify(config));
    const app = torture.process({
      RECEIVING_SECRET: receivingSecret,
      SESSIONHOOK_CONFIG: "sessionhook.config.json",
    });
    await app.start();
    const load = torture.load(app, 4, { restMs: 20 });
    for (let kill = 1; kill <= times; kill++) {
      const { requests } = healthy;
      await load.acknowledges(1);
      // In every other round the app delivers already: on Node its thread starts later than it listens.
      if (kill % 2 === 0) await until(() => healthy.requests > requests + 5, 10_000);
      await pause(torture.random(300));
      await kill9(torture, app);
      await app.start();
    }
    await load.acknowledges(24);
    await load.stop();
    faulty.reply = () => 200;
    for (const [name, system] of Object.entries({ healthy, faulty }))
      await checkArrival(torture, name, system);
    const { repeated } = healthy;
    torture.check(repeated > 0, "no kill came between an answer and its record: the test proves little");
    hanging.reply = () => 200;
    await checkSettled(torture, app, 3, "hanging");
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    torture.audit();
    await checkDerived(torture);
    return `killed ${times} times; ${healthy.accepted.size} events arrived, ${healthy.repeated} of them again, ${faulty.repeated} at the faulty destination`;
  },
};
