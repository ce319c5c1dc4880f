import type { ConfiguredDestination, NewEvent, Outcome } from "@sessionhook/core";
import { SteppedDeliveries } from "@sessionhook/conformance/delivery-control";
import { createMemoryDeliveryStore, createMemoryStore } from "@sessionhook/stores/memory";
import { makeEvent, makeInbox, start } from "./events.js";
import { hostileTexts } from "./sample-events.js";

export const hostileName = `x"><script>window.hacked = 1</script>/../\u202eevil ${"long ".repeat(12)}`;
export const failure = (code: string, status?: number, excerpt?: string): Outcome => ({
  outcome: "retry",
  reason: { code, status, excerpt },
});
export const delivered: Outcome = { outcome: "delivered" };
const minute = 60_000;

const configured: readonly ConfiguredDestination[] = [
  { name: "backend", type: "http", target: "https://api.example.com" },
  { name: "sales", type: "slack", target: "https://hooks.slack.com" },
  { name: "warehouse", type: "http", target: "https://warehouse.internal.example.com" },
  { name: "archive", type: "files", target: "./data/archive" },
  { name: hostileName, type: "code", target: `javascript:${"x".repeat(300)}` },
];

/** An inbox with these destinations over a memory store. */
export async function makeDeliveryInbox(
  destinations: readonly ConfiguredDestination[] = configured,
  events: readonly NewEvent[] = [],
) {
  const store = createMemoryStore();
  const clock = { now: start - 60 * minute };
  const deliveries = new SteppedDeliveries(
    createMemoryDeliveryStore(store),
    store,
    destinations,
    () => clock.now,
  );
  await deliveries.register();
  const inbox = await makeInbox(events, { store, delivery: deliveries, now: () => clock.now });
  const post = (path: string, headers: Record<string, string> = {}, body?: URLSearchParams) =>
    inbox.app.request(path, {
      method: "POST",
      headers: { cookie: inbox.cookie, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  return { ...inbox, clock, deliveries, post };
}

export type DeliveryInbox = Awaited<ReturnType<typeof makeDeliveryInbox>>;

/** Every kind of delivery and destination, with `count` events. */
export async function deliveryScene(count = 60): Promise<DeliveryInbox> {
  const events = Array.from({ length: count }, (_, i) =>
    makeEvent({
      id: `evt_01KHEWZ09CQB36JZ5F7D3Z${String(i).padStart(4, "0")}`,
      type: i % 7 === 0 ? "identity.resolved" : "identity.session.finalized",
      receivedAt: start - 58 * minute,
    }),
  );
  const odd = [
    makeEvent({ id: `evt_${"L0NG".repeat(63)}`, type: "t".repeat(256), receivedAt: start - 57 * minute }),
    makeEvent({ id: "evt_hostile", type: hostileTexts[0] ?? "", receivedAt: start - 57 * minute }),
  ];
  const inbox = await makeDeliveryInbox(configured, [...events, ...odd]);
  const { deliveries, clock } = inbox;
  const holder = events[0]?.id;
  await deliveries.route((id, name) =>
    name === "sales" && id !== holder ? (Number(id.slice(-1)) % 2 === 0 ? "cooldown" : "filter") : undefined,
  );
  clock.now = start - 50 * minute;
  const dead = {
    outcome: failure(
      "http_500",
      500,
      "<h1>Oops</h1>\nline 2 \u202e\u0000 <script>window.hacked = 1</script>",
    ),
    next: { state: "dead" },
  } as const;
  const later = {
    outcome: failure("timeout"),
    next: { state: "waiting", dueAt: start + 5 * minute, used: true },
    durationMs: 30_000,
  } as const;
  await deliveries.attempt("backend", { ...later, next: { ...later.next, dueAt: start - 49 * minute } }, 3);
  clock.now = start - 48 * minute;
  await deliveries.attempt("backend", dead, 3);
  await deliveries.attempt(
    "backend",
    { outcome: delivered, next: { state: "delivered" } },
    Math.max(3, count - 20),
  );
  await deliveries.attempt("backend", later, 2);
  await deliveries.attempt("sales", { outcome: delivered, next: { state: "delivered" } }, 1);
  await deliveries.attempt(
    hostileName,
    {
      ...dead,
      outcome: { outcome: "rejected", reason: { code: hostileTexts[1] ?? "", excerpt: "x".repeat(1000) } },
    },
    2,
  );
  clock.now = start - 3 * minute;
  await deliveries.setState("sales", { status: "paused", since: start - 20 * minute });
  await deliveries.setState("backend", { lastDeliveredAt: start - 4 * minute });
  await deliveries.setState("warehouse", {
    status: "blocked",
    since: start - 125 * minute,
    reason: { code: "http_401", status: 401 },
    probeAt: start + 4 * minute,
  });
  await deliveries.setState("archive", {
    status: "cooling",
    since: start - minute,
    reason: { code: "disk_full" },
    probeAt: start + 29_000,
  });
  await deliveries.store.register(["old-crm"], clock.now);
  await deliveries.store.createReplay(
    {
      destinations: ["backend"],
      kind: "missing",
      rate: 20,
      when: 'company.employeeCount >= 50 && person.email.endsWith("@example.com")',
    },
    clock.now,
  );
  clock.now = start;
  return inbox;
}

/** The first delivery to a destination in a state. */
export async function deliveryTo(
  { deliveries }: DeliveryInbox,
  destination: string,
  state: "waiting" | "delivered" | "skipped" | "dead",
): Promise<string> {
  const page = await deliveries.store.list({ destination, state, limit: 1 });
  return page.deliveries[0]?.id ?? "none";
}
