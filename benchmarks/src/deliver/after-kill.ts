import type { Runtime } from "../processes/contenders.ts";
import { httpTo, startDelivering, waitUntil } from "./delivering-server.ts";
import { LocalSystem } from "./local-system.ts";
import { OpenLoop } from "./open-loop.ts";

/** Sends under way when the process is killed; as many more are claimed. */
const concurrency = 32;

/**
 * Kills the server with -9 while deliveries are under way, starts it again, and returns the milliseconds from the start of
 * the process until everything has arrived.
 */
export async function measureAfterKill(runtime: Runtime): Promise<number> {
  const system = await LocalSystem.start("hanging");
  const destinations = { system: httpTo(system.url, { concurrency }) };
  const killed = await startDelivering(runtime, destinations);
  const loop = new OpenLoop(killed.url);
  try {
    await loop.send(2 * concurrency, 1);
    await waitUntil(() => system.underWay.length === concurrency, 30_000, "the first sends");
    await killed.end("SIGKILL");
    system.behaviour = "healthy";
    const began = performance.now();
    const server = await startDelivering(runtime, destinations, { folder: killed.folder });
    await waitUntil(() => system.arrivals.size === loop.due.size, 120_000, "delivering after kill -9");
    const ms = Math.max(...system.arrivals.values()) - began;
    await server.end();
    return ms;
  } finally {
    loop.close();
    killed.removeFolder();
    await system.stop();
  }
}
