import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AppProcess } from "../app-process.ts";
import { adminToken } from "../apps.ts";
import { kill9 } from "../faults.ts";
import { ask } from "../http.ts";
import { ReceivingSystem, type Reply } from "../receiving-system.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { pause, until } from "../wait.ts";

const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const times = 50;
/** Long enough for a lease of a killed process to end. */
const drainMs = 150_000;

const destination = (port: number, more: object = {}) => ({
  type: "http",
  url: `http://127.0.0.1:${port}/`,
  secret: { env: "RECEIVING_SECRET" },
  network: "private",
  statuses: ["accepted", "quarantined", "unrecognized"],
  timeout: "2 s",
  retry: { schedule: Array.from({ length: 50 }, () => "500 ms") },
  ...more,
});

/** kill -9 at random moments of append, route, claim, send and settle: each acknowledged event arrives at least once. */
export const deliveries: Scenario = {
  name: "deliveries",
  run: async (torture) => {
    const healthy = await ReceivingSystem.start(secret);
    const faulty = await ReceivingSystem.start(secret);
    const hanging = await ReceivingSystem.start(secret);
    for (const system of [healthy, faulty, hanging]) torture.cleanUpWith(() => system.stop());
    faulty.reply = () => (["break", 500, "hang", 200, 200, 200] as Reply[])[torture.random(6)] as Reply;
    hanging.reply = () => "hang";
    const config = {
      destinations: {
        healthy: destination(healthy.port),
        faulty: destination(faulty.port, { concurrency: 8 }),
        hanging: destination(hanging.port),
      },
    };
    writeFileSync(join(torture.folder, "sessionhook.config.json"), JSON.stringify(config));
    const app = torture.process({ RECEIVING_SECRET: secret, SESSIONHOOK_CONFIG: "sessionhook.config.json" });
    await app.start();
    const load = torture.load(app, 4, { restMs: 5 });
    for (let kill = 1; kill <= times; kill++) {
      await load.acknowledges(1);
      await pause(torture.random(300));
      await kill9(torture, app);
      await app.start();
    }
    await load.acknowledges(24);
    await load.stop();
    faulty.reply = () => 200;
    for (const [name, system] of Object.entries({ healthy, faulty })) {
      const arrived = await until(() => missing(torture, system) === 0, drainMs);
      torture.check(arrived, `${missing(torture, system)} acknowledged events did not arrive at ${name}`);
      torture.check(system.improper.length === 0, `not genuine at ${name}: ${system.improper.join(" | ")}`);
      torture.check(wrong(torture, system) === 0, `${wrong(torture, system)} bodies differ at ${name}`);
    }
    hanging.reply = () => 200;
    await settled(torture, app);
    torture.check((await app.end("SIGTERM")) === 0, "the last stop was not clean");
    torture.audit();
    return `killed ${times} times; ${healthy.accepted.size} events arrived, ${healthy.repeated} of them again, ${faulty.repeated} at the faulty destination`;
  },
};

const missing = ({ ledger }: Torture, { accepted }: ReceivingSystem) =>
  [...ledger.acknowledged].filter((id) => !accepted.has(id)).length;

const wrong = ({ ledger }: Torture, { accepted }: ReceivingSystem) =>
  [...accepted].filter(([id, hash]) => ledger.sent.get(id) !== hash).length;

interface Row {
  readonly name: string;
  readonly open: number;
  readonly state: string;
  readonly oldestDueSeconds: number | null;
}

/** Nothing stays open at a destination that accepts, and none of its deliveries was due for two minutes. */
async function settled(torture: Torture, app: AppProcess): Promise<void> {
  let rows: readonly Row[] = [];
  await until(async () => {
    rows = await destinations(app);
    return rows.every(({ name, open }) => name === "hanging" || open === 0);
  }, drainMs);
  torture.check(rows.length === 3, `${rows.length} destinations`);
  for (const { name, open, state, oldestDueSeconds } of rows) {
    if (name !== "hanging") torture.check(open === 0, `${open} deliveries to ${name} stay open`);
    const late = state === "ready" && (oldestDueSeconds ?? 0) > 120;
    torture.check(!late, `a delivery to ${name} was due for ${oldestDueSeconds} s`);
  }
}

async function destinations(app: AppProcess): Promise<readonly Row[]> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const { text } = await ask(`${app.origin}/api/destinations`, { headers });
  return (JSON.parse(text) as { destinations: readonly Row[] }).destinations;
}
