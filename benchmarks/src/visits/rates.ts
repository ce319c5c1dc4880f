import { type EventLog, type FactStore, noIssues, parseEvent } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import { maxRebuildStep } from "@sessionhook/core/limits";
import { createSimulator } from "@sessionhook/simulator";
import { openDeliveryStore, openFactStore, openStore } from "@sessionhook/stores";
import { RecordsThread } from "@sessionhook/stores/sqlite";
import { waitUntil } from "../deliver/delivering-server.ts";
import { appCommand } from "../processes/contenders.ts";
import { ServerProcess } from "../processes/server-process.ts";
import { adminToken } from "../secret.ts";

/** Events per second: reading and parsing by hand, routing with derivation by the app, and rebuilding. */
export interface Rates {
  readonly byHand: number;
  readonly routing: number;
  readonly rebuild: number;
}

const encoder = new TextEncoder();

/**
 * Measures on simulated events.
 * @param path of the database, which is created
 */
export async function measureRates(path: string, count: number): Promise<Rates> {
  const address = `sqlite:${path}`;
  const events = await openStore(address);
  // From now on events wait for a router.
  await (await openDeliveryStore(address, events))?.close();
  await fill(events, count);
  await events.close();
  const routing = await routeByApp(path, count);
  const log = await openStore(address);
  const facts = await openFactStore(address, log);
  if (facts === undefined) throw new Error("The store has no derived tables");
  const byHand = await perSecond(count, () => parseAll(log));
  const rebuild = await perSecond(count, () => rebuildAll(facts));
  await facts.close();
  await log.close();
  return { byHand, routing, rebuild };
}

async function fill(events: EventLog, count: number): Promise<void> {
  const simulator = createSimulator({ seed: 14, now: 1_790_000_000_000 });
  for (let made = 0; made < count; made += 500)
    await events.append(
      Array.from({ length: 500 }, () => {
        const { id, type, body } = simulator.next();
        const raw = encoder.encode(body);
        const receivedAt = 1_790_000_000_000;
        return {
          id,
          type,
          status: "accepted" as const,
          ...noIssues,
          raw,
          receivedAt,
          attemptTimestamp: 1,
          signature: "v1,",
        };
      }),
    );
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return (count / (performance.now() - before)) * 1000;
}

/** Starts the app on the database, and returns the events per second that it routes and derives, from when it has begun. */
async function routeByApp(path: string, count: number): Promise<number> {
  const command = appCommand("node", { SESSIONHOOK_STORE: `sqlite:${path}` });
  if ("reason" in command) throw new Error(command.reason);
  const server = await ServerProcess.start(command);
  try {
    let waiting = count;
    const read = async () => (waiting = await eventsWaiting(server.origin));
    await waitUntil(async () => (await read()) < count, 60_000, "the first routing", 20);
    const [began, before] = [performance.now(), waiting];
    await waitUntil(async () => (await read()) === 0, 600_000, "routing", 50);
    return (before / (performance.now() - began)) * 1000;
  } finally {
    await server.end();
    server.removeFolder();
  }
}

/** Returns the number of events that are not routed, or not in the derived tables. */
async function eventsWaiting(origin: string): Promise<number> {
  const response = await fetch(`${origin}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } });
  const text = await response.text();
  const lag = (name: string) =>
    Number(new RegExp(`^sessionhook_${name}_lag_events (\\d+)$`, "m").exec(text)?.[1]);
  return lag("router") + lag("derivation");
}

async function parseAll(events: EventLog): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const page = await events.scan({ limit: 500, after });
    for (const { raw } of page.events) parseEvent(raw);
    after = page.events.at(-1)?.position;
    if (page.events.length === 0 || after === undefined) return;
  }
}

/** As `sessionhook derive rebuild` does it, until the new tables are in use. The old ones are deleted afterwards. */
async function rebuildAll(facts: FactStore): Promise<void> {
  const thread = new RecordsThread();
  let { read, total } = await facts.startRebuild(0);
  while (read < total)
    ({ read, total } = await facts.rebuildStep(maxRebuildStep, recordsOfStored, thread.recordsOf));
  await thread.close();
}
