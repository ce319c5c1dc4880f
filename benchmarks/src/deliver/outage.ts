import type { Runtime } from "../processes/contenders.ts";
import { httpTo, startDelivering, waitUntil } from "./delivering-server.ts";
import { LocalSystem } from "./local-system.ts";
import { OpenLoop } from "./open-loop.ts";

/** Limit of concurrency of the destination. */
const concurrency = 32;
const answerMs = 20;

export interface Outage {
  /** Requests that the failing system got, of all the events. */
  readonly whileFailing: number;
  /** Most requests under way at once among the first, the first 10 and all requests after the outage. */
  readonly first: number;
  readonly firstTen: number;
  readonly most: number;
  readonly perSecond: number;
}

/** Lets events become due while their destination answers 500, and observes how they reach it when it works again. */
export async function measureOutage(runtime: Runtime, events: number): Promise<Outage> {
  const system = await LocalSystem.start("failing", answerMs);
  const server = await startDelivering(runtime, { system: httpTo(system.url, { concurrency }) });
  const loop = new OpenLoop(server.url);
  try {
    await loop.send(500, Math.ceil(events / 500));
    system.behaviour = "healthy";
    const whileFailing = system.underWay.length;
    await waitUntil(() => system.arrivals.size > 0, 120_000, "the probe");
    const began = performance.now();
    // What failed before the destination was cooling comes again after its retry schedule, at the earliest after minutes.
    const enough = loop.due.size - whileFailing;
    await waitUntil(() => system.arrivals.size >= enough, 300_000, "draining");
    const perSecond = (system.arrivals.size / (performance.now() - began)) * 1000;
    const after = system.underWay.slice(whileFailing);
    return {
      whileFailing,
      first: after[0] ?? NaN,
      firstTen: Math.max(...after.slice(0, 10)),
      most: after.reduce((most, one) => Math.max(most, one), 0),
      perSecond,
    };
  } finally {
    loop.close();
    await server.end("SIGKILL");
    server.removeFolder();
    await system.stop();
  }
}
