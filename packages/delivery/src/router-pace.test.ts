import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PaceOptions, RouterPace } from "./router-pace.js";

/** Routing as the clock sees it: a batch takes `fixedMs` and `eventMs` for each event. */
interface Machine {
  readonly fixedMs: number;
  readonly eventMs: number;
  /** Events that arrive per millisecond while the router does not write. */
  readonly rate: number;
  /** True if senders wait for an answer before they send again: nothing arrives while the router writes. */
  readonly closedLoop: boolean;
}

/** Routes for a time. Returns how many events are left, and the part of the time that the router wrote. */
function simulate(machine: Machine, ms: number, options: Pick<PaceOptions, "share">, backlog = 0) {
  const time = { now: 0 };
  let [arrived, routed, writing] = [0, -backlog, 0];
  const pace = new RouterPace(
    { arrived: () => (Math.floor(arrived) % 2 ** 32) | 0, blocks: "transactions", ...options },
    () => time.now,
  );
  const pass = (duration: number, arrives: boolean) => {
    time.now += duration;
    if (arrives) arrived += duration * machine.rate;
  };
  while (time.now < ms) {
    const events = Math.min(pace.batchSize, Math.floor(arrived) - routed);
    const transactionMs = events === 0 ? 0 : machine.fixedMs + events * machine.eventMs;
    pass(transactionMs, !machine.closedLoop);
    writing += transactionMs;
    routed += events;
    const pause = events === 0 ? 1 : pace.pauseAfter({ events, transactionMs, totalMs: transactionMs * 2 });
    expect(pause).toBeLessThanOrEqual(500);
    pass(pause, true);
  }
  return { left: Math.floor(arrived) - routed, share: writing / time.now };
}

const machine = { fixedMs: 0.3, eventMs: 0.13, closedLoop: false };

describe("the pace of the router", () => {
  it("routes in time what its share of the time can route", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 2.4, noNaN: true }), (rate) => {
        expect(simulate({ ...machine, rate }, 20_000, { share: 1 / 2 }).left).toBeLessThan(100);
      }),
    );
  });

  it("takes a small part of the time when more arrive than it can route, also from senders that wait for answers", () => {
    for (const rate of [8, 10, 20, 100])
      for (const closedLoop of [true, false]) {
        const { share } = simulate({ ...machine, rate, closedLoop }, 20_000, { share: 1 / 2 });
        expect(share).toBeLessThan(0.06);
        expect(share).toBeGreaterThan(0.01);
      }
  });

  it("routes a backlog without a pause when nothing arrives", () => {
    expect(simulate({ ...machine, rate: 0 }, 2000, { share: 1 / 2 }, 20_000).share).toBeGreaterThan(0.95);
    expect(simulate({ ...machine, rate: 0 }, 2000, { share: 1 / 2 }, 10_000).left).toBe(0);
  });

  it.each([
    { blocks: "transactions", arrives: 0, most: 200 },
    { blocks: "transactions", arrives: 1, most: 40 },
    { blocks: "everything", arrives: 0, most: 100 },
  ] as const)(
    "takes at most $most events at once: $blocks, $arrives arriving",
    ({ blocks, arrives, most }) => {
      const time = { now: 0, arrived: 0 };
      const pace = new RouterPace({ arrived: () => time.arrived, share: 1 / 2, blocks }, () => time.now);
      for (let batch = 0; batch < 10; batch++) {
        const events = pace.batchSize;
        time.now += 0.15 * events;
        time.arrived += arrives;
        pace.pauseAfter({ events, transactionMs: 0.15 * events, totalMs: 0.15 * events });
      }
      expect(pace.batchSize).toBe(most);
    },
  );

  it("routes a backlog while a few events arrive", () => {
    expect(simulate({ ...machine, rate: 0.5 }, 10_000, { share: 1 / 2 }, 10_000).left).toBeLessThan(100);
  });

  it("takes a small part of the time when more arrive than it can route and derive", () => {
    const time = { now: 0 };
    const pace = new RouterPace(
      { arrived: () => time.now * 6, share: 1 / 2, blocks: "transactions" },
      () => time.now,
    );
    const routed = { events: 100, transactionMs: 6, totalMs: 12 };
    let busy = 0;
    for (let turn = 0; turn < 50; turn++) {
      // Each fourth batch waits until the events before are derived.
      const work = turn % 4 === 3 ? { events: 0, transactionMs: 0, totalMs: 0 } : routed;
      const derived = { ms: turn % 4 === 3 ? 45 : 0, eventMs: 0.15 };
      const ms = work.transactionMs + derived.ms;
      busy += ms;
      time.now += ms;
      time.now += pace.pauseAfter(work, derived);
    }
    expect(busy / time.now).toBeLessThan(0.1);
  });

  it("takes all the time where no messages arrive in the process", () => {
    const pace = new RouterPace(undefined, () => 0);
    expect(pace.batchSize).toBe(100);
    expect(pace.pauseAfter({ events: 100, transactionMs: 20, totalMs: 50 })).toBe(0);
  });

  it("gathers what arrives at short intervals", () => {
    const pace = new RouterPace(undefined, () => 0);
    expect(pace.pauseAfter({ events: 1, transactionMs: 0.4, totalMs: 1 })).toBe(3);
    expect(pace.pauseAfter({ events: 5, transactionMs: 1, totalMs: 2 })).toBe(10);
  });
});
