import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import {
  checkArrival,
  checkSettled,
  httpDestination,
  missingAtEnd,
  post,
  receivingSecret,
} from "../destinations.ts";
import { kill9 } from "../faults.ts";
import { PoisonedHandler } from "../poisoned-handler.ts";
import { poisons } from "../poisons.ts";
import { ReceivingSystem } from "../receiving-system.ts";
import type { Scenario, Torture } from "../scenario.ts";

/** Longest time until one more event is at the healthy destination: a handler blocks it for 3 s. */
const promptMs = 60_000;
/** Most that an app may take above what it takes at its start, in MiB: the answers sent are gigabytes. */
const mostGrowthMib = 500;
const pausedOne = "redirect";
/** They leave the configuration for a while: one that accepts, and one that is blocked. */
const removed = ["garbage", "gone"];

/**
 * Destinations that answer in hostile ways, and an event handler that throws, never returns and blocks: a healthy
 * destination gets everything promptly meanwhile, memory stays bounded, and in the end every event is everywhere, although
 * destinations were paused, blocked and removed, and the app was killed.
 */
export const poison: Scenario = {
  name: "poison",
  run: async (torture) => {
    const healthy = await startSystem(torture);
    const systems = new Map<string, ReceivingSystem>();
    for (const [name, reply] of Object.entries(poisons)) {
      const system = await startSystem(torture);
      system.reply = reply;
      systems.set(name, system);
    }
    const handler = await PoisonedHandler.start();
    torture.cleanUpWith(() => handler.stop());
    const all = new Map([["healthy", healthy], ...systems]);
    writeConfig(torture, all, handler);
    const app = torture.process({
      RECEIVING_SECRET: receivingSecret,
      SESSIONHOOK_CONFIG: "sessionhook.config.js",
    });
    await app.start();
    let growth = 0;
    let before = app.memory().peak;
    const load = torture.load(app, 2, { restMs: 200 });
    const suffer = async (events: number) => {
      await load.acknowledges(events);
      load.paused = true;
      const late = await missingAtEnd(torture, healthy, promptMs);
      torture.check(late === 0, `${late} events are late at the healthy destination`);
      growth = Math.max(growth, app.memory().peak - before);
      load.paused = false;
    };
    await suffer(80);
    await post(app, `/api/destinations/${pausedOne}/pause`);
    await suffer(20);
    await kill9(torture, app);
    writeConfig(torture, new Map([...all].filter(([name]) => !removed.includes(name))), handler);
    await app.start();
    before = app.memory().peak;
    await suffer(20);
    torture.check((await app.end("SIGTERM")) === 0, "a stop was not clean");
    writeConfig(torture, all, handler);
    await app.start();
    before = app.memory().peak;
    await suffer(20);
    await load.stop();
    torture.check(growth < mostGrowthMib, `memory grew by ${Math.round(growth)} MiB`);

    for (const system of systems.values()) system.reply = () => 200;
    handler.released = true;
    for (const name of systems.keys()) await post(app, `/api/destinations/${name}/resume`);
    await post(app, "/api/replays", { destinations: removed, kind: "missing", rate: 100 });
    for (const [name, system] of all) await checkArrival(torture, name, system);
    await checkSettled(torture, app, all.size + 1);
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    torture.audit();
    const lacking = acceptedIds(torture).filter((id) => !handler.handled.has(id)).length;
    torture.check(lacking === 0, `${lacking} events did not reach the handler`);
    return `${healthy.accepted.size} events arrived at ${all.size} destinations, ${handler.handled.size} at the handler; memory grew by ${Math.round(growth)} MiB`;
  },
};

async function startSystem(torture: Torture): Promise<ReceivingSystem> {
  const system = await ReceivingSystem.start(receivingSecret);
  torture.cleanUpWith(() => system.stop());
  return system;
}

function writeConfig(
  { folder }: Torture,
  systems: ReadonlyMap<string, ReceivingSystem>,
  handler: PoisonedHandler,
): void {
  const destinations = [...systems].map(
    ([name, { port }]) => `${JSON.stringify(name)}: ${JSON.stringify(httpDestination(port))}`,
  );
  const source = `export default { destinations: { ${destinations.join(", ")}, code: ${handler.source} } };\n`;
  writeFileSync(join(folder, "sessionhook.config.js"), source);
}

/** Returns the ids of the events that the handler gets. The app must be stopped. */
function acceptedIds({ file }: Torture): string[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = db.prepare("SELECT id FROM events WHERE status = 'accepted' AND version = 1").all();
    return rows.map(({ id }) => String(id));
  } finally {
    db.close();
  }
}
