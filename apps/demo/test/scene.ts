import { type Destination, type Outcome, SigningSecrets, type StoredEvent } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { createApp } from "@sessionhook/app";
import { type Clock, createDelivery, type DestinationOptions } from "@sessionhook/delivery";
import { createDeliveryControl } from "@sessionhook/delivery/control";
import { createHistory, type HistoryEvent } from "@sessionhook/simulator";
import { openDeliveryStore, openFactStore, openPrivacyStore, openStore } from "@sessionhook/stores";
import { writeHistory } from "../src/write-history.ts";

/** Wednesday, 2026-07-01 15:40 UTC: the end of the history of every scene. */
export const sceneTime = Date.UTC(2026, 6, 1, 15, 40);
export const sceneToken = "an-admin-token-for-scenes";
const sceneSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

const day = 86_400_000;
/** Events that are derived and delivered at a time. */
const stepEvents = 100;

export interface SceneOptions {
  /** 0: an empty store. */
  readonly sessions: number;
  /** Default `memory:`. */
  readonly address?: string;
  readonly seed?: number;
}

const options = (name: string, more: Partial<DestinationOptions> = {}): DestinationOptions => ({
  name,
  statuses: ["accepted"],
  skip: [],
  concurrency: 4,
  timeoutMs: 15_000,
  retry: { scheduleMs: [5000, 300_000], maxAgeMs: 7 * 86_400_000 },
  ...more,
});

const hash = (text: string) => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);

/** A driver that answers by the message id: the same scene has the same outcomes. */
function driver(target: string, outcomeOf: (event: StoredEvent, attempt: number) => Outcome) {
  return (pass: (ms: number) => void): Destination => ({
    target,
    send: async (items) => {
      for (const { event } of items) pass(30 + (hash(event.id) % 170));
      return items.map(({ event, attempt }) => outcomeOf(event, attempt));
    },
    close: async () => undefined,
  });
}

const delivered: Outcome = { outcome: "delivered" };
const retry = (status: number, excerpt: string): Outcome & { outcome: "retry" } => ({
  outcome: "retry",
  reason: { code: `http_${status}`, status, excerpt },
});

function destinations() {
  const crm = driver("https://crm.example.com", ({ id, receivedAt }, attempt) => {
    const roll = hash(id) % 97;
    // Some of the newest deliveries wait for their next attempt.
    if (receivedAt > sceneTime - 6 * 60_000 && roll % 2 === 0)
      return { ...retry(503, "Maintenance, back in a moment"), after: sceneTime + 4 * 60_000 };
    if (roll === 0)
      return { outcome: "rejected", reason: { code: "http_422", status: 422, excerpt: "unknown region" } };
    return roll < 4 && attempt === 1 ? retry(503, "Maintenance, back in a moment") : delivered;
  });
  return [
    { type: "http", driver: crm, options: options("crm", { skip: ["bots", "no-person"] }) },
    {
      type: "slack",
      driver: driver("https://hooks.slack.com", () => delivered),
      options: options("sales", {
        types: ["identity.session.finalized"],
        skip: ["bots", "corporate-proxies", "freemail", "no-person"],
        when: "has(company.employeeCount) && company.employeeCount >= 50 && pages.exists(p, p.like('/pricing*'))",
        cooldown: { per: "person", forMs: 86_400_000 },
      }),
    },
    { type: "files", driver: driver("./data/archive", () => delivered), options: options("archive") },
  ];
}

/** A whole app over a store with a simulated history; its clock stands still. */
export async function makeScene({ sessions, address = "memory:", seed = 6 }: SceneOptions) {
  let now = sceneTime;
  const clock: Clock = {
    now: () => now,
    elapsed: () => now,
    after: (_, task) => (setTimeout(task, 0), () => undefined),
  };
  const store = await openStore(address);
  const deliveryStore = await openDeliveryStore(address, store);
  const facts = await openFactStore(address, store);
  const privacy = await openPrivacyStore(address, store);
  if (deliveryStore === undefined || facts === undefined) throw new Error("the store has no derived tables");
  const pass = (ms: number) => {
    now += ms;
  };
  const configured = (sessions === 0 ? [] : destinations()).map((one) => ({
    ...one,
    driver: one.driver(pass),
  }));
  const delivery = createDelivery({
    store: deliveryStore,
    eventLog: store,
    destinations: configured,
    sampleEvent: () => {
      throw new Error("a scene sends no sample");
    },
    owner: "scene",
    clock,
    random: () => 0.5,
  });
  const history = createHistory({ seed, now: sceneTime, sessions: Math.max(1, sessions) });
  /** Derives and delivers what has arrived, and what is due. */
  const derive = async () => {
    for (let left = 1; left > 0;) {
      await delivery.runOnce(1000);
      left = (await deliveryStore.unrouted(1)).events.length;
    }
  };
  const received: HistoryEvent[] = [];
  if (sessions > 0) {
    const events = [...history];
    received.push(...events);
    now = sceneTime - 15 * day;
    await deliveryStore.register(
      configured.map(({ options }) => options.name),
      now,
    );
    for (let from = 0; from < events.length; from += stepEvents) {
      const step = events.slice(from, from + stepEvents);
      await writeHistory(store, step, sceneSecret);
      now = (step.at(-1)?.receivedAt ?? now) + 1000;
      await derive();
    }
    for (let ago = 38; ago > 0; ago -= 1.5) {
      now = sceneTime - Math.round(ago * 60_000);
      const event = history.live(now);
      received.push(event);
      await writeHistory(store, [event], sceneSecret);
      await derive();
    }
    await derive();
    now = sceneTime;
  }
  const app = createApp({
    store,
    delivery: createDeliveryControl({
      store: deliveryStore,
      destinations: configured.map(({ options: { name }, type, driver: { target } }) => ({
        name,
        type,
        target,
      })),
      engine: delivery,
      clock,
    }),
    facts,
    loadFactsOf: async () => factsOf,
    privacy,
    secrets: new SigningSecrets(sceneSecret),
    adminToken: sceneToken,
    now: () => now,
  });
  return {
    app,
    store,
    facts,
    delivery,
    deliveryStore,
    /** Everything that was generated. */
    events: (): readonly HistoryEvent[] => received,
    /** Generates a session that is finalized now. */
    live: () => {
      const event = history.live(now);
      received.push(event);
      return event;
    },
    secret: sceneSecret,
    derive,
    now: () => now,
    close: async () => {
      await app.drain();
      await privacy?.close();
      await facts.close();
      await deliveryStore.close();
      await store.close();
    },
  };
}

export type Scene = Awaited<ReturnType<typeof makeScene>>;
