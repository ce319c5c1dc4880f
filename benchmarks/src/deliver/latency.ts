import { percentile } from "@sessionhook/testkit";
import type { Runtime } from "../processes/contenders.ts";
import { httpTo, startByHand, startDelivering, waitUntil } from "./delivering-server.ts";
import { LocalSystem } from "./local-system.ts";
import { OpenLoop } from "./open-loop.ts";

export interface Latency {
  /** Milliseconds from when a message was due to be sent until its arrival at the destination. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Processor seconds per 1,000 events, for receiving and delivering. */
  readonly cpu: number;
}

/**
 * Sends at a rate and measures until the arrival at a healthy destination.
 * @param dead whether a second destination is there that never answers
 */
export async function measureLatency(
  runtime: Runtime | "by hand",
  perSecond: number,
  seconds: number,
  dead = false,
): Promise<Latency> {
  const healthy = await LocalSystem.start();
  const hanging = await LocalSystem.start("hanging");
  const destinations = {
    healthy: httpTo(healthy.url),
    ...(dead ? { hanging: httpTo(hanging.url) } : {}),
  };
  const server = await (runtime === "by hand"
    ? startByHand(healthy.url)
    : startDelivering(runtime, destinations));
  const loop = new OpenLoop(server.url);
  try {
    await loop.send(Math.min(perSecond, 200), 2);
    const warm = loop.due.size;
    const before = server.cpu();
    await loop.send(perSecond, seconds);
    const total = loop.due.size;
    await waitUntil(() => healthy.arrivals.size >= total, 300_000, "delivering");
    const cpu = (server.cpu() - before) / (total - warm) / 1000;
    const waits = [...loop.due].slice(warm).map(([id, due]) => (healthy.arrivals.get(id) as number) - due);
    return { p50: percentile(waits, 50), p95: percentile(waits, 95), p99: percentile(waits, 99), cpu };
  } finally {
    loop.close();
    await server.end();
    server.removeFolder();
    await healthy.stop();
    await hanging.stop();
  }
}
