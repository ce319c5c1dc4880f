import { type FactStore, parseEvent } from "@sessionhook/core";
import { recordsOf } from "@sessionhook/core/derive";
import { factsOf } from "@sessionhook/core/facts";
import { SteppedDeliveries } from "@sessionhook/conformance/delivery-control";
import { createSimulator } from "@sessionhook/simulator";
import {
  createMemoryDeliveryStore,
  createMemoryFactStore,
  createMemoryStore,
} from "@sessionhook/stores/memory";
import { delivered, failure } from "./deliveries.js";
import { makeEvent, makeInbox, start } from "./events.js";

const destinations = [
  { name: "crm", type: "http", target: "https://api.example.com" },
  { name: "sales", type: "slack", target: "https://hooks.slack.com" },
];

/** Derives the tables from all events of the log, as `sessionhook derive rebuild` does. */
async function derive(facts: FactStore): Promise<void> {
  await facts.startRebuild(start);
  const read = ({ id, raw, receivedAt }: { id: string; raw: Uint8Array; receivedAt: number }) => {
    const parsed = parseEvent(raw);
    if (parsed.status === "quarantined") return undefined;
    return recordsOf({ id, event: parsed.event, receivedAt }, factsOf(parsed.event));
  };
  while (!(await facts.rebuildStep(500, read)).done);
}

/** An inbox with derived tables and deliveries, over a memory store with these bodies. */
export async function makeVisitInbox(bodies: readonly object[] = []) {
  const store = createMemoryStore();
  const clock = { now: start };
  const facts = createMemoryFactStore(store);
  const deliveries = new SteppedDeliveries(
    createMemoryDeliveryStore(store),
    store,
    destinations,
    () => clock.now,
  );
  await deliveries.register();
  const inbox = await makeInbox([], { store, facts, delivery: deliveries, now: () => clock.now });
  /** Appends events and derives their rows. */
  const receive = async (more: readonly object[]) => {
    for (const body of more) {
      const { id } = body as { id: string };
      await store.append([makeEvent({ id, body, receivedAt: clock.now - 1000 })]);
    }
    await deliveries.route();
    await derive(facts);
  };
  await receive(bodies);
  return { ...inbox, clock, facts, deliveries, receive };
}

export type VisitInbox = Awaited<ReturnType<typeof makeVisitInbox>>;

/** Simulated events of the week before `start`. */
export function simulated(count: number, seed = 7): object[] {
  const simulator = createSimulator({ seed, now: start });
  return Array.from({ length: count }, () => JSON.parse(simulator.next().body) as object);
}

/** An inbox with simulated sessions, some of them delivered. */
export async function visitScene(count: number): Promise<VisitInbox> {
  const inbox = await makeVisitInbox(simulated(count));
  const { deliveries } = inbox;
  await deliveries.attempt("crm", { outcome: delivered, next: { state: "delivered" } }, count);
  await deliveries.attempt("sales", { outcome: failure("http_503", 503), next: { state: "dead" } }, 3);
  return inbox;
}
