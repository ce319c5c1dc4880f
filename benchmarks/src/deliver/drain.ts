import type { Runtime } from "../processes/contenders.ts";
import { httpTo, startDelivering, waitUntil } from "./delivering-server.ts";
import { LocalSystem } from "./local-system.ts";
import { OpenLoop } from "./open-loop.ts";
import { adminToken } from "../secret.ts";

export interface Drain {
  /** Events per second that leave a backlog. */
  readonly perSecond: number;
  /** Milliseconds from `resume` until the first arrival. */
  readonly firstArrival: number;
}

const authorization = `Bearer ${adminToken}`;

/**
 * Fills a backlog while the destination is paused, kills the server with -9, starts it again, lets it send, and measures the
 * first arrival and how the backlog drains.
 */
export async function measureDrain(runtime: Runtime, events: number): Promise<Drain> {
  const system = await LocalSystem.start();
  const destinations = { system: httpTo(system.url, { concurrency: 32 }) };
  const filling = await startDelivering(runtime, destinations);
  const loop = new OpenLoop(filling.url);
  try {
    await change(filling.origin, "pause");
    await loop.send(1000, Math.ceil(events / 1000));
    // A slow machine stores a thousand a second and routes fewer.
    await waitUntil(() => isRouted(filling.origin), 300_000, "routing", 100);
    await filling.end("SIGKILL");
    const server = await startDelivering(runtime, destinations, { folder: filling.folder });
    const before = performance.now();
    await change(server.origin, "resume");
    await waitUntil(() => system.arrivals.size > 0, 120_000, "the first delivery");
    const first = performance.now();
    const already = system.arrivals.size;
    await waitUntil(() => system.arrivals.size >= loop.due.size, 300_000, "draining");
    const perSecond = ((loop.due.size - already) / (performance.now() - first)) * 1000;
    await server.end();
    return { perSecond, firstArrival: first - before };
  } finally {
    loop.close();
    filling.removeFolder();
    await system.stop();
  }
}

async function change(origin: string, operation: "pause" | "resume"): Promise<void> {
  const response = await fetch(`${origin}/api/destinations/system/${operation}`, {
    method: "POST",
    headers: { authorization },
  });
  if (response.status !== 200) throw new Error(`${operation} answered with ${response.status}`);
}

/** Returns whether every event is routed. */
async function isRouted(origin: string): Promise<boolean> {
  const response = await fetch(`${origin}/metrics`, { headers: { authorization } });
  return /^sessionhook_router_lag_events 0$/m.test(await response.text());
}
