import { type FactStore, noIssues, parseEvent, type DeliveryStore, type EventLog } from "@sessionhook/core";
import { recordsOf, recordsOfStored } from "@sessionhook/core/derive";
import { factsOf } from "@sessionhook/core/facts";
import { maxRebuildStep } from "@sessionhook/core/limits";
import { createSimulator } from "@sessionhook/simulator";
import { RecordsThread } from "@sessionhook/stores/sqlite";

/** Events per second: reading and parsing by hand, routing with derivation, and rebuilding. */
export interface Rates {
  readonly byHand: number;
  readonly routing: number;
  readonly rebuild: number;
}

const encoder = new TextEncoder();

export async function measureRates(
  events: EventLog,
  deliveries: DeliveryStore,
  facts: FactStore,
  count: number,
): Promise<Rates> {
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
  const routing = await perSecond(count, () => routeAll(deliveries));
  const byHand = await perSecond(count, () => parseAll(events));
  const rebuild = await perSecond(count, () => rebuildAll(facts));
  return { byHand, routing, rebuild };
}

async function perSecond(count: number, work: () => Promise<void>): Promise<number> {
  const before = performance.now();
  await work();
  return (count / (performance.now() - before)) * 1000;
}

async function routeAll(deliveries: DeliveryStore): Promise<void> {
  for (;;) {
    const { events, token } = await deliveries.unrouted(100);
    if (events.length === 0) break;
    const decisions = events.map(({ id, raw, receivedAt }) => {
      const parsed = parseEvent(raw);
      if (parsed.status !== "accepted") throw new Error("An event of the simulator is not accepted");
      const facts = factsOf(parsed.event);
      return {
        eventId: id,
        facts,
        records: recordsOf({ id, event: parsed.event, receivedAt }, facts),
        deliveries: [],
      };
    });
    await deliveries.plan(token, decisions, 0);
    await deliveries.deriveRouted(100);
  }
  while (await deliveries.deriveRouted(100));
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
