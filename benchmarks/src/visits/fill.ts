import type { NewEvent } from "@sessionhook/core";
import { openDeliveryStore, openStore } from "@sessionhook/stores";
import { History } from "./history.ts";

const encoder = new TextEncoder();
const batchSize = 500;

/** Stores small events and plans the records of a history for them. Returns the seconds of `plan` alone. */
export async function fill(address: string, sessions: number, say: (line: string) => void): Promise<number> {
  const events = await openStore(address);
  const deliveries = await openDeliveryStore(address, events);
  if (deliveries === undefined) throw new Error("The store has no deliveries");
  const history = new History(sessions);
  let seconds = 0;
  for (let filled = 0; filled < sessions;) {
    const made = Array.from({ length: Math.min(batchSize, sessions - filled) }, () => history.next());
    await events.append(made.map(({ id }) => eventOf(id)));
    const { token } = await deliveries.unrouted(batchSize);
    const decisions = made.map(({ id, records }) => ({
      eventId: id,
      facts: undefined,
      records,
      deliveries: [],
    }));
    const before = performance.now();
    if (!(await deliveries.plan(token, decisions, 0))) throw new Error("The plan was refused");
    await deliveries.deriveRouted(batchSize);
    seconds += (performance.now() - before) / 1000;
    filled += made.length;
    if (filled % 100_000 < batchSize) say(`${filled} sessions, ${(filled / seconds).toFixed(0)}/s in plan`);
  }
  await deliveries.close();
  await events.close();
  return seconds;
}

function eventOf(id: string): NewEvent {
  return {
    id,
    type: "identity.session.finalized",
    status: "accepted",
    issues: [],
    total: 0,
    exact: true,
    raw: encoder.encode(`{"id":"${id}"}`),
    receivedAt: 1_790_000_000_000,
    attemptTimestamp: 1_790_000_000,
    signature: "v1,",
  };
}
