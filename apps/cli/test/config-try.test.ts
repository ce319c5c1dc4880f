import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type ConfiguredDestination, loadConfig } from "@sessionhook/app/load-config";
import {
  classifyEvent,
  type DeliveryItem,
  type Destination,
  type EventLog,
  eventTypes,
  generateSecret,
} from "@sessionhook/core";
import { createDelivery } from "@sessionhook/delivery";
import { createSimulator } from "@sessionhook/simulator";
import { createMemoryDeliveryStore, createMemoryStore } from "@sessionhook/stores/memory";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { triedEvent, tryEvent } from "../src/config/try-event.js";

const now = 1_767_225_600_000;
const secret = generateSecret();

async function destinationsOf(destinations: object): Promise<readonly ConfiguredDestination[]> {
  const config = await loadConfig({
    path: "c.json",
    env: { SECRET: secret, SLACK_URL: "https://hooks.slack.com/services/x" },
    exists: () => true,
    readFile: () => JSON.stringify({ destinations }),
    reasonOf: () => "",
    importModule: () => Promise.reject(new Error("not JSON")),
    typescriptProblem: undefined,
  });
  return config.destinations;
}

/** Routes and delivers an event with the memory store; returns what reached each destination, and what was stored as skipped. */
async function route(
  eventLog: EventLog,
  destinations: readonly ConfiguredDestination[],
  append: () => Promise<unknown>,
) {
  const store = createMemoryDeliveryStore(eventLog);
  const sent = new Map<string, DeliveryItem>();
  const recording = (name: string): Destination => ({
    target: name,
    send: async (items) => {
      for (const item of items) sent.set(name, item);
      return items.map(() => ({ outcome: "delivered" }));
    },
    close: async () => undefined,
  });
  const delivery = createDelivery({
    store,
    eventLog,
    destinations: destinations.map(({ options, type }) => ({
      options,
      type,
      driver: recording(options.name),
    })),
    sampleEvent: () => {
      throw new Error("not needed");
    },
  });
  await delivery.runOnce(1000);
  await append();
  await delivery.runOnce(5000);
  const { deliveries } = await store.list({ limit: 100 });
  await delivery.stop(0);
  const skipped = deliveries.filter(({ state }) => state === "skipped").map(({ destination }) => destination);
  return { sent, skipped };
}

const filters = [
  undefined,
  "company.employeeCount >= 50",
  "has(person.email)",
  "person.email.endsWith('.example')",
  "pages.exists(p, p.like('/pricing*'))",
  "bot.likely == false",
  "!has(company.domain) || company.employeeCount > 1000.0",
  "event.type == 'identity.resolved'",
];

const presets = ["bots", "corporate-proxies", "freemail", "eu", "no-person", "no-company", "no-valid-email"];

const destination = fc.record(
  {
    types: fc.uniqueArray(fc.constantFrom(...eventTypes), { minLength: 1 }),
    statuses: fc.uniqueArray(fc.constantFrom("accepted", "quarantined", "unrecognized"), { minLength: 1 }),
    skip: fc.uniqueArray(fc.constantFrom(...presets)),
    when: fc.constantFrom(...filters),
    cooldown: fc.constant({ per: "person", for: "24h" }),
    body: fc.constantFrom("raw", "flat", {
      map: { mail: "{{person.email}}", text: "from {{company.name}}" },
    }),
  },
  { requiredKeys: [] },
);

const config = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/),
  destination.map((keys) => ({
    type: "http",
    url: "https://example.com",
    secret: { env: "SECRET" },
    ...keys,
  })),
  { minKeys: 1, maxKeys: 4 },
);

const event = fc.record({
  seed: fc.nat(),
  type: fc.constantFrom(...eventTypes),
  variant: fc.constantFrom(undefined, undefined, undefined, "invalid" as const, "unrecognized" as const),
});

describe("what config try shows", () => {
  it("is what routing does", async () => {
    const seen = { sent: 0, unwanted: 0, skipped: 0 };
    await fc.assert(
      fc.asyncProperty(config, event, async (keys, { seed, type, variant }) => {
        const destinations = await destinationsOf(keys);
        const simulated = createSimulator({ seed, now }).next(type, { variant });
        const tried = triedEvent(new TextEncoder().encode(simulated.body), now);
        const trials = await tryEvent(tried, destinations);

        const eventLog = createMemoryStore();
        const { status } = classifyEvent(tried.event.raw);
        const stored = { ...tried.event, status };
        const { sent, skipped } = await route(eventLog, destinations, () => eventLog.append([stored]));
        for (const { destination, decision, preview } of trials) {
          const { name } = destination.options;
          const item = sent.get(name);
          expect([name, item !== undefined]).toEqual([name, decision.wants]);
          expect([name, skipped.includes(name)]).toEqual([name, !decision.wants && decision.recorded]);
          if (item !== undefined) expect(preview).toBe(await destination.preview(item));
          seen[item !== undefined ? "sent" : skipped.includes(name) ? "skipped" : "unwanted"] += 1;
        }
      }),
      { numRuns: 150 },
    );
    // The property is worth nothing if everything or nothing is sent.
    expect(Math.min(seen.sent, seen.unwanted)).toBeGreaterThan(30);
    expect(seen.skipped).toBeGreaterThan(0);
  });

  it("is the body that a server gets", async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        bodies.push(body);
        response.end();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const common = { type: "http", url, network: "private", secret: { env: "SECRET" } };
    const destinations = await destinationsOf({
      raw: common,
      flat: { ...common, body: "flat" },
      map: { ...common, body: { map: { mail: "{{person.email}}", text: "from {{company.name}}" } } },
      // The same messages, sent to this server.
      slack: { type: "slack", url: { env: "SLACK_URL" } },
    });
    const { body } = createSimulator({ seed: 3, now }).next();
    const tried = triedEvent(new TextEncoder().encode(body), now);
    const trials = await tryEvent(tried, destinations);
    const item = { deliveryId: "1", attempt: 1, replay: null, ...tried };
    for (const { destination } of trials.slice(0, 3)) {
      const driver = await destination.create({ folder: "/", now: Date.now });
      const [outcome] = await driver.send([item], { signal: AbortSignal.timeout(10_000), now: Date.now });
      expect(outcome).toEqual({ outcome: "delivered" });
      await driver.close();
    }
    server.close();
    expect(bodies).toEqual(trials.slice(0, 3).map(({ preview }) => preview));
    expect(bodies[0]).toBe(body);
    expect(trials[3]?.preview).toMatch(/./);
  });
});
