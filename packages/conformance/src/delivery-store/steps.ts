import type {
  ClaimedDelivery,
  ClaimQuery,
  Delivery,
  DeliveryFilter,
  DeliveryStore,
  DestinationCounts,
  PlannedDelivery,
  PruneQuery,
  PruneResult,
  Reason,
  Settlement,
} from "@sessionhook/core";
import { newEvents } from "../event-log/events.js";
import type { Stores } from "./harness.js";

/** A time some minutes after the events of `newEvent` were received. */
export const start = 1_771_000_500_000;
export const minute = 60_000;
export const failure: Reason = { code: "http_500", status: 500, excerpt: "„oh“ \u{1f600} '\"" };

export function planned(destination: string, fields: Partial<PlannedDelivery> = {}): PlannedDelivery {
  return { destination, state: "waiting", reason: null, dueAt: start, heldMs: 0, ...fields };
}

/** Routes everything that is not routed to these deliveries; returns the number of events. */
export async function route(
  deliveries: DeliveryStore,
  plan: readonly PlannedDelivery[] | ((id: string) => readonly PlannedDelivery[]),
  now = start,
): Promise<number> {
  for (let routed = 0; ;) {
    const { events, token } = await deliveries.unrouted(100);
    if (events.length === 0) return routed;
    const decisions = events.map(({ id }) => ({
      eventId: id,
      facts: { sessionId: `session of ${id}` },
      deliveries: typeof plan === "function" ? plan(id) : plan,
    }));
    if (!(await deliveries.plan(token, decisions, now))) throw new Error("The plan was refused");
    routed += events.length;
  }
}

/** Appends events, `evt_0` and so on, and routes them to a new destination. */
export async function prepare(
  { events, deliveries }: Stores,
  count: number,
  plan: Parameters<typeof route>[1] = [planned("crm")],
): Promise<void> {
  await deliveries.register(["crm"], start);
  await events.append(newEvents(count));
  await route(deliveries, plan);
}

export async function claim(
  deliveries: DeliveryStore,
  fields: Partial<ClaimQuery> = {},
): Promise<readonly ClaimedDelivery[]> {
  const query = { destination: "crm", class: "new", limit: 100, leaseMs: minute, owner: "one", now: start };
  return deliveries.claim({ ...query, ...fields } as ClaimQuery);
}

/** Claims the only delivery that is due. */
export async function claimOne(
  deliveries: DeliveryStore,
  fields: Partial<ClaimQuery> = {},
): Promise<ClaimedDelivery> {
  const [delivery, ...others] = await claim(deliveries, fields);
  if (delivery === undefined || others.length > 0) throw new Error("Not exactly one delivery is due");
  return delivery;
}

export function settlement(
  { id, attempts }: Pick<Delivery, "id" | "attempts">,
  next: Settlement["next"],
  fields: Partial<Settlement> = {},
): Settlement {
  const outcomes = {
    waiting: "retry",
    delivering: "retry",
    dead: "rejected",
    delivered: "delivered",
    skipped: "skipped",
  } as const;
  const outcome = outcomes[next.state];
  const reason = next.state === "delivered" ? null : failure;
  const record = { number: attempts, startedAt: start, durationMs: 12, outcome, reason };
  return { id, attempt: attempts, owner: "one", at: start + 20, record, next, ...fields };
}

/** Claims and settles everything of a class that is due. */
export async function finishAll(
  deliveries: DeliveryStore,
  state: "delivered" | "skipped" | "dead",
  fields: Partial<ClaimQuery> = {},
): Promise<number> {
  for (let finished = 0; ;) {
    const claimed = await claim(deliveries, fields);
    if (claimed.length === 0) return finished;
    const at = { at: fields.now ?? start, owner: fields.owner ?? "one" };
    const results = await deliveries.settle(claimed.map((each) => settlement(each, { state }, at)));
    if (results.some((result) => result !== "settled")) throw new Error("A lease was lost");
    finished += claimed.length;
  }
}

export function counted(fields: Partial<DestinationCounts> = {}): DestinationCounts {
  return { destination: "crm", open: 0, dead: 0, delivered: 0, skipped: 0, oldestDueAt: null, ...fields };
}

/** Reads all pages; newest first. */
export async function listAll(
  deliveries: DeliveryStore,
  filter: DeliveryFilter = {},
  limit = 500,
): Promise<Delivery[]> {
  const all: Delivery[] = [];
  let cursor: string | undefined;
  do {
    const page = await deliveries.list({ ...filter, limit, cursor });
    if (page.deliveries.length > limit) throw new Error("The page is larger than its limit");
    if (page.nextCursor !== null && page.deliveries.length === 0)
      throw new Error("An empty page is not the last");
    all.push(...page.deliveries);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return all;
}

/** Prunes until a call has deleted nothing and has nothing left to examine. */
export async function pruneAll(
  deliveries: DeliveryStore,
  query: Omit<PruneQuery, "limit">,
): Promise<Omit<PruneResult, "oldTables" | "unexamined">> {
  const sum = { history: 0, events: 0, tombstones: 0 };
  for (let more = true; more;) {
    const { history, events, tombstones, unexamined } = await deliveries.prune({ ...query, limit: 7 });
    sum.history += history;
    sum.events += events;
    sum.tombstones += tombstones;
    more = history + events + tombstones > 0 || unexamined;
  }
  return sum;
}
