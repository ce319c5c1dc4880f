import type { AppProcess } from "../app-process.ts";
import { finish } from "../faults.ts";
import type { Load } from "../load.ts";
import { type MemoryAttack, memoryAttacks } from "../memory-attacks.ts";
import { metric } from "../metrics.ts";
import type { Scenario, Torture } from "../scenario.ts";
import { Crowd } from "../sockets.ts";
import { pause, until } from "../wait.ts";

export const memory: Scenario = {
  name: "memory",
  alone: true,
  run: async (torture) => {
    const app = torture.process({ SESSIONHOOK_BODY_TIMEOUT_SECONDS: "300" });
    await app.start();
    const load = torture.load(app, 2);
    await load.acknowledges(50);
    const only = process.env["ATTACKS"];
    for (const attack of memoryAttacks) {
      if (only !== undefined && !attack.name.includes(only)) continue;
      await suffer(torture, app, app.origin ?? '', attack, load);
    }
    await finish(torture, app, load);
    return "";
  },
};

async function suffer(torture: Torture, app: AppProcess, origin: string, attack: MemoryAttack, load: Load) {
  const began = performance.now();
  if (app.running) app.forgetPeak();
  const before = load.acknowledgements;
  const crowd = new Crowd();
  torture.cleanUpWith(() => crowd.close());
  if (!app.running) {
    console.log(`DIED before ${attack.name}: ${app.output.slice(-600)}`);
    await app.start();
    app.forgetPeak();
    origin = app.origin ?? '';
  }
  let held = 0;
  let running = true;
  const poll = (async () => {
    while (running && app.running) {
      if (app.memory().now > 6000) app.signal('SIGKILL');
      held = Math.max(held, await metric(origin, "memory_budget_used_bytes").catch(() => 0));
      await pause(300);
    }
  })();
  await attack.run(crowd, origin);
  await until(() => crowd.connected >= 15000, 3000);
  await pause(2000);
  running = false;
  await poll;
  if (!app.running) { crowd.close(); console.log(`${attack.name}: DIED ${app.ended} ${app.output.slice(-300)}`); return; }
  const { peak, now } = app.memory();
  const acked = load.acknowledgements - before;
  const waits = load.waits.slice(before).toSorted((a, b) => a - b);
  const p = (q: number) => Math.round(waits[Math.floor((waits.length - 1) * q)] ?? 0);
  const answers = [...crowd.statuses].map(([status, count]) => `${status}:${count}`).join(" ");
  const closedBefore = crowd.closed;
  crowd.close();
  await pause(3000);
  console.log(
    `${attack.name}: peak ${Math.round(peak)} now ${Math.round(now)} after ${Math.round(app.memory().now)} MiB, held ${Math.round(held / 2 ** 20)}, connected ${crowd.connected} closed ${closedBefore}, ${answers}, acked ${acked}, p50 ${p(0.5)} p99 ${p(0.99)}, still held ${await metric(origin, "memory_budget_used_bytes").catch(() => -1)}, took ${Math.round(performance.now() - began)}`,
  );
}
