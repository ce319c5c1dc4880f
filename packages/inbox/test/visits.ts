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
import { hostileTexts } from "./sample-events.js";

const destinations = [
  { name: "crm", type: "http", target: "https://api.example.com" },
  { name: "sales", type: "slack", target: "https://hooks.slack.com" },
];

/** A store whose given methods answer otherwise. */
export function changed(facts: FactStore, methods: Partial<FactStore>): FactStore {
  return new Proxy(facts, {
    get: (target, name) => {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

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

/** An event that fits its schema and has hostile texts in every field that a page shows. */
export function hostileBody(n: number): object {
  const hostile = hostileTexts[n % hostileTexts.length] ?? "";
  const long = `${hostile} ${"long ".repeat(400)}${"x".repeat(3000)}`;
  const [body] = simulated(1, 1000 + n) as [Finalized];
  const { session, enrichment } = body.data;
  Object.assign(body, { id: `evt_hostile_${n}` });
  Object.assign(session, {
    sid: `ses_${n}/../${hostile}`,
    landingPage: n % 2 === 0 ? hostile : `https://a.example/${hostile}`,
    landingTitle: long,
    referrer: hostile,
    timezone: hostile,
    userAgent: long,
    utm: { source: hostile, medium: hostile, campaign: long, term: hostile, content: hostile },
    events: hostileTexts.map((text, i) => ({
      signal: i === 0 ? "page_view" : text,
      url: i % 2 === 0 ? text : `https://a.example/${text}`,
      ts: (session.createdAt as number) + i * 1000,
      v: "1",
      title: long,
      ref: text,
      outlink: text,
      props: Object.fromEntries(hostileTexts.map((name) => [name, long])),
    })),
  });
  Object.assign(session.network, { city: hostile, country: hostile, region: hostile });
  Object.assign(session.network.asn ?? {}, { name: long });
  body.data.enrichment = {
    ...enrichment,
    person: {
      enrichedAt: "2026-02-28T00:00:00Z",
      provider: "x",
      firstName: hostile,
      lastName: long,
      fullName: hostile,
      email: `${n}@a.example`,
      linkedinUrl: n % 2 === 0 ? "javascript:window.hacked=1" : `https://www.linkedin.com/in/${hostile}`,
      headline: long,
      location: { country: hostile, locality: hostile, region: null, postalCode: null, countryCode: null },
      skills: [],
    },
    companies: [
      {
        _type: "full",
        enrichedAt: "2026-02-28T00:00:00Z",
        provider: "x",
        name: hostile,
        domain: `a${n}.example`,
        industry: long,
        description: long,
        linkedinUrl: hostile,
      },
    ],
  };
  return body;
}

interface Finalized {
  readonly data: {
    readonly session: Record<string, unknown> & {
      readonly network: Record<string, unknown> & { asn?: object };
    };
    enrichment: object;
  };
}
