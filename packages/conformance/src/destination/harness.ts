import type { DeliveryItem, Destination, Outcome, SendContext } from "@sessionhook/core";
import { afterEach, beforeEach, expect } from "vitest";
import { personalData } from "./items.js";

/** works: stores events. slow: stores them after 300 ms. hangs: never answers. fails: refuses, and echoes what it got. */
export type Behaviour = "works" | "slow" | "hangs" | "fails";

/** Another system, empty at the beginning. */
export interface DestinationFixture {
  /** Opens a destination that sends to it. */
  open(): Promise<Destination>;
  /** Changes what the other system does with what it gets from now on. */
  behave(how: Behaviour): Promise<void>;
  /** Returns the message ids of what it has stored; closes nothing. */
  arrived(): Promise<readonly string[]>;
  /** Called once, after every destination was closed. */
  cleanup(): Promise<void>;
}

export interface DestinationHarness {
  make(): Promise<DestinationFixture>;
  /** Behaviours that a test can bring about, besides `works`. */
  readonly can: readonly Behaviour[];
  /** Number of sends in tests of many. */
  readonly sends: number;
  /** Outcome of an event while the other system fails. */
  readonly failure: Outcome["outcome"];
  /** Texts of the configuration that must not appear in an outcome. */
  readonly secrets: readonly string[];
  /** True if events can be found at the other system only after the destination was closed. */
  readonly arrivesOnClose?: boolean;
}

export interface CurrentDestination {
  readonly fixture: DestinationFixture;
  readonly destination: Destination;
  /** Sends items in batches that the destination takes, all at once, and checks the outcomes. */
  send(items: readonly DeliveryItem[], context?: Partial<SendContext>): Promise<readonly Outcome[]>;
  /** Closes the destination and checks that every event of the outcomes reported as delivered has arrived. */
  expectHonest(items: readonly DeliveryItem[], outcomes: readonly Outcome[]): Promise<void>;
}

/** Opens a new destination for every test of the describe block that calls this. */
export function useDestination(harness: DestinationHarness): CurrentDestination {
  let fixture: DestinationFixture | undefined;
  let destination: Destination | undefined;
  beforeEach(async () => {
    fixture = await harness.make();
    destination = await fixture.open();
  });
  afterEach(async () => {
    await destination?.close();
    await fixture?.cleanup();
    fixture = destination = undefined;
  });
  const current: CurrentDestination = {
    get fixture() {
      if (fixture === undefined) throw new Error("The fixture exists only while a test runs");
      return fixture;
    },
    get destination() {
      if (destination === undefined) throw new Error("The destination exists only while a test runs");
      return destination;
    },
    async send(items, context = {}) {
      const { destination } = current;
      const size = destination.maxBatch ?? 1;
      const batches: DeliveryItem[][] = [];
      for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
      const signal = context.signal ?? AbortSignal.timeout(30_000);
      const full = { signal, now: context.now ?? Date.now };
      const outcomes = await Promise.all(
        batches.map(async (batch) => {
          const result = await destination.send(batch, full);
          expect(result).toHaveLength(batch.length);
          return result;
        }),
      );
      for (const outcome of outcomes.flat()) checkOutcome(outcome, harness.secrets);
      return outcomes.flat();
    },
    async expectHonest(items, outcomes) {
      if (harness.arrivesOnClose === true) {
        await current.fixture.behave("works");
        await current.destination.close();
      }
      const arrived = new Set(await current.fixture.arrived());
      const delivered = items.filter((_, index) => outcomes[index]?.outcome === "delivered");
      expect(delivered.map(({ event }) => event.id).filter((id) => !arrived.has(id))).toEqual([]);
    },
  };
  return current;
}

/** Checks that an outcome is bounded, has a stable code, and shows neither secrets nor personal data. */
export function checkOutcome(outcome: Outcome, secrets: readonly string[]): void {
  if (outcome.outcome === "delivered") return;
  const { code, excerpt = "" } = outcome.reason;
  expect(code).toMatch(/^[a-z0-9_]{1,64}$/);
  expect(new TextEncoder().encode(excerpt).length).toBeLessThanOrEqual(1000);
  const text = JSON.stringify(outcome).toLowerCase();
  for (const canary of [...secrets, ...personalData]) expect(text).not.toContain(canary.toLowerCase());
}
