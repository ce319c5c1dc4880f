import type { DestinationState, Outcome } from "@sessionhook/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concurrencyOf, gateOf } from "../src/dispatch/gate.js";
import { heldAt, pause, resume } from "../src/policy/hold.js";
import { nextDelivery } from "../src/policy/next-delivery.js";
import { observe } from "../src/policy/next-destination.js";
import { initialState } from "./support/initial-state.js";
import { defaults, scheduleMs } from "./support/world.js";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const reason = { code: "x" };
const failing: Outcome = { outcome: "retry", reason };
const delivered: Outcome = { outcome: "delivered" };
const blocked: Outcome = { outcome: "blocked", reason };

const see = (state: DestinationState, outcome: Outcome, now: number, probe = false) =>
  observe(state, { outcome, probe, concurrency: 8 }, now);

const next = (outcome: Outcome, of: Partial<Parameters<typeof nextDelivery>[0]> = {}) =>
  nextDelivery({
    outcome,
    claim: { attempts: 1, used: 1, since: 0, heldMs: 0 },
    retry: defaults.retry,
    probe: false,
    heldMs: 0,
    now: 0,
    random: () => 0.5,
    ...of,
  });

describe("the next state of a delivery", () => {
  it("waits by the schedule, then is dead", () => {
    scheduleMs.forEach((ms, i) => {
      const claim = { attempts: i + 1, used: i + 1, since: 0, heldMs: 0 };
      expect(next(failing, { claim })).toEqual({ state: "waiting", dueAt: ms, used: true });
      expect(next(failing, { claim, random: () => 0 })).toMatchObject({ dueAt: Math.round(ms * 0.8) });
      expect(next(failing, { claim, random: () => 1 })).toMatchObject({ dueAt: Math.round(ms * 1.2) });
    });
    expect(next(failing, { claim: { attempts: 10, used: 10, since: 0, heldMs: 0 } })).toEqual({
      state: "dead",
    });
  });

  it("follows Retry-After up to a day", () => {
    expect(next({ ...failing, after: hour } as Outcome)).toMatchObject({ dueAt: hour, used: true });
    expect(next({ ...failing, after: 30 * day } as Outcome)).toMatchObject({ dueAt: day });
    expect(next({ ...failing, after: 1 } as Outcome)).toMatchObject({ dueAt: 5000 });
  });

  it("ends finished and rejected deliveries", () => {
    expect(next(delivered)).toEqual({ state: "delivered" });
    expect(next({ outcome: "skipped", reason })).toEqual({ state: "skipped" });
    expect(next({ outcome: "rejected", reason })).toEqual({ state: "dead" });
  });

  it("uses no attempt while the destination is blocked, paced or probed, and for a postponed event", () => {
    const claim = { attempts: 10, used: 10, since: 0, heldMs: 0 };
    expect(next(blocked, { claim })).toEqual({ state: "waiting", dueAt: 0, used: false });
    expect(next({ outcome: "paced", reason, until: 77 }, { claim })).toEqual({
      state: "waiting",
      dueAt: 0,
      used: false,
    });
    expect(next(failing, { claim, probe: true })).toMatchObject({ state: "waiting", used: false });
    expect(next({ ...failing, used: false, after: 3 * day } as Outcome, { claim })).toEqual({
      state: "waiting",
      dueAt: 3 * day,
      used: false,
    });
  });

  it("waits longer each time when it is postponed to a time in the past", () => {
    const now = day;
    const after = now + second;
    const waits = [1, 2, 3, 7, 8, 1000].map((attempts) => {
      const claim = { attempts, used: 1, since: now, heldMs: 0 };
      const state = next({ ...failing, used: false, after } as Outcome, { claim, now });
      return state.state === "waiting" ? (state.dueAt - now) / second : 0;
    });
    expect(waits).toEqual([1, 2, 4, 60, 60, 60]);
    const claim = { attempts: 1000, used: 1, since: now, heldMs: 0 };
    const polled = next({ ...failing, used: false, after: now + 5000 } as Outcome, { claim, now });
    expect(polled).toMatchObject({ dueAt: now + 5000 });
  });

  it("is dead after the greatest age, which does not count pauses and blocks", () => {
    const now = 8 * day;
    expect(next(failing, { now })).toEqual({ state: "dead" });
    expect(next({ outcome: "paced", reason, until: now + 1 }, { now })).toEqual({ state: "dead" });
    expect(next(blocked, { now })).toMatchObject({ state: "waiting" });
    expect(next(failing, { now, heldMs: 2 * day })).toMatchObject({ state: "waiting" });
    // One last attempt at the deadline.
    const claim = { attempts: 9, used: 9, since: 0, heldMs: 0 };
    expect(next(failing, { now: 7 * day - hour, claim })).toMatchObject({ dueAt: 7 * day });
  });
});

describe("the state of a destination", () => {
  const cooled = () => {
    let state = initialState(0);
    for (let i = 0; i < 5; i++) state = see(state, failing, i);
    return state;
  };

  it("cools after five failures in a row", () => {
    const state = cooled();
    expect(state).toMatchObject({
      status: "cooling",
      since: 4,
      probeAt: 4 + 30 * second,
      coolings: 1,
      reason,
    });
    expect(gateOf(state, 5)).toEqual({ send: "nothing", until: 30_004 });
    expect(gateOf(state, 30_004)).toEqual({ send: "probe" });
  });

  it("cools when more than half of the last twenty attempts failed", () => {
    let state = initialState(0);
    for (let i = 0; state.status === "ready" && i < 100; i++)
      state = see(state, i % 3 === 0 ? delivered : failing, i);
    expect(state).toMatchObject({ status: "cooling", failures: 1 + 0 });
    expect(state.recent.split("-").length - 1).toBe(11);
  });

  it("doubles the cooling up to ten minutes", () => {
    let state = cooled();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const at = state.probeAt ?? 0;
      state = see(state, failing, at, true);
      waits.push(((state.probeAt ?? 0) - at) / second);
    }
    expect(waits).toEqual([60, 120, 240, 480, 600, 600, 600]);
    expect(state.since).toBe(4);
  });

  it("ignores late failures while it cools", () => {
    const state = cooled();
    expect(see(state, failing, 100)).toMatchObject({ probeAt: state.probeAt, coolings: 1 });
  });

  it("ramps up after a probe: 1, 2, 4, 8", () => {
    let state = see(cooled(), delivered, 40_000, true);
    const rounds: number[] = [];
    while (state.ramp !== null) {
      rounds.push(concurrencyOf(state, 8));
      for (let i = rounds.at(-1) ?? 0; i > 0; i--) state = see(state, delivered, 40_000);
    }
    expect(rounds).toEqual([1, 2, 4]);
    expect(concurrencyOf(state, 8)).toBe(8);
    expect(state).toMatchObject({ status: "ready", coolings: 0, failures: 0 });
  });

  it("cools longer when it fails again on the ramp", () => {
    let state = see(cooled(), delivered, 40_000, true);
    for (let i = 0; i < 5; i++) state = see(state, failing, 40_000);
    expect(state).toMatchObject({ status: "cooling", probeAt: 100_000, coolings: 2 });
  });

  it("probes again at once after an outcome that concerns only the event", () => {
    const state = see(cooled(), { outcome: "rejected", reason }, 30_004, true);
    expect(gateOf(state, 30_004)).toEqual({ send: "probe" });
  });

  it("is blocked at once, and probed every five minutes up to four hours", () => {
    let state = see(initialState(0), blocked, 10);
    expect(state).toMatchObject({ status: "blocked", since: 10, probeAt: 10 + 5 * minute });
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const at = state.probeAt ?? 0;
      state = see(state, blocked, at, true);
      waits.push(((state.probeAt ?? 0) - at) / minute);
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 240, 240]);
    expect(see(state, delivered, 5 * day, true)).toMatchObject({
      status: "ready",
      heldMs: 5 * day - 10,
      ramp: 1,
    });
  });

  it("is probed no later because further sends are answered that it is blocked", () => {
    const state = see(initialState(0), blocked, 10);
    for (const until of [undefined, day])
      expect(see(state, { ...blocked, until } as Outcome, 20)).toBe(state);
  });

  it("waits for the shortest time again when it is blocked after it worked", () => {
    let state = see(initialState(0), blocked, 0);
    for (let i = 0; i < 3; i++) state = see(state, blocked, state.probeAt ?? 0, true);
    for (const outcome of [delivered, { outcome: "paced", reason, until: 0 } as const]) {
      const recovered = see(state, outcome, day, true);
      expect(recovered).toMatchObject({ status: "ready", coolings: 0 });
      let cooled = recovered;
      for (let i = 0; i < 5; i++) cooled = see(cooled, failing, day);
      expect(cooled).toMatchObject({ status: "cooling", probeAt: day + 30 * second });
    }
  });

  it("ends a pause that is longer than any can be: the time of day was set back", () => {
    const paced = (until: number): Outcome => ({ outcome: "paced", reason, until });
    const state = see(initialState(2 * day), paced(3 * day), 2 * day);
    expect(gateOf(state, 2 * day)).toEqual({ send: "nothing", until: 3 * day });
    expect(gateOf(state, 2 * day - hour)).toEqual({ send: "all" });
    expect(see(state, paced(day), day - hour)).toMatchObject({ pacedUntil: day, rateFactor: 0.25 });
    expect(gateOf(see(initialState(day), blocked, day), -hour)).toEqual({ send: "probe" });
    expect(gateOf(cooled(), 0)).toEqual({ send: "nothing", until: 30_004 });
    expect(gateOf(cooled(), -hour)).toEqual({ send: "probe" });
  });

  it("stores no excerpt of an answer in the state", () => {
    const state = see(initialState(0), { outcome: "blocked", reason: { ...reason, excerpt: "no" } }, 0);
    expect(state.reason).toEqual(reason);
  });

  it("waits when paced, halves the rate once, and recovers step by step", () => {
    const paced = (until: number): Outcome => ({ outcome: "paced", reason, until });
    let state = see(initialState(0), paced(5000), 0);
    state = see(state, paced(4000), 10);
    expect(state).toMatchObject({ status: "ready", pacedUntil: 5000, rateFactor: 0.5 });
    expect(gateOf(state, 4999)).toEqual({ send: "nothing", until: 5000 });
    expect([gateOf(state, 5000), concurrencyOf(state, 8)]).toEqual([{ send: "all" }, 4]);
    state = see(state, paced(6000), 5001);
    expect(state.rateFactor).toBe(0.25);
    for (let i = 0; i < 16; i++) state = see(state, delivered, 7000);
    expect(state.rateFactor).toBe(0.5);
    for (let i = 0; i < 100; i++) state = see(state, delivered, 7000);
    expect(state.rateFactor).toBe(1);
    expect(see(initialState(0), paced(99 * day), 0).pacedUntil).toBe(day);
  });

  it("waits longer each time when it is paced again before anything was delivered", () => {
    let [state, now] = [initialState(0), 0];
    const paces = (count: number) =>
      Array.from({ length: count }, () => {
        state = see(state, { outcome: "paced", reason, until: now }, now);
        const wait = (state.pacedUntil ?? 0) - now;
        now += wait;
        return wait;
      });
    expect(paces(9)).toEqual([1, 2000, 4000, 8000, 16_000, 32_000, minute, minute, minute]);
    state = see(state, delivered, now);
    expect(paces(2)).toEqual([1, 2000]);
    state = resume(state, now);
    expect(paces(1)).toEqual([1]);
  });

  it("holds while paused, whatever late attempts say, and counts the time", () => {
    let state = pause(initialState(0), 100);
    for (const outcome of [failing, failing, failing, failing, failing, failing, blocked, delivered])
      state = see(state, outcome, 150);
    expect(state).toMatchObject({ status: "paused", since: 100 });
    expect([heldAt(state, 300), pause(state, 200)]).toEqual([200, state]);
    state = resume(state, 400);
    expect(state).toMatchObject({ status: "ready", heldMs: 300, ramp: 1, failures: 0, since: 400 });
    expect([resume(state, 500), heldAt(state, 900)]).toEqual([state, 300]);
  });

  it("counts the time of a block that a pause follows", () => {
    const state = pause(see(initialState(0), blocked, 100), 300);
    expect([state.heldMs, heldAt(state, 500)]).toEqual([200, 400]);
  });

  const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
    fc.constant(delivered),
    fc.constant(failing),
    fc.constant(blocked),
    fc.constant<Outcome>({ outcome: "rejected", reason }),
    fc.record({ outcome: fc.constant("paced" as const), reason: fc.constant(reason), until: fc.double() }),
  );
  const step = fc.record({ outcome: anyOutcome, probe: fc.boolean(), wait: fc.nat(hour), op: fc.nat(9) });

  it("always opens again, and never holds less than before", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let state = initialState(0);
        let now = 0;
        for (const { outcome, probe, wait, op } of steps) {
          now += wait;
          const held = heldAt(state, now);
          const probes = probe && gateOf(state, now).send === "probe";
          state =
            op === 0 ? pause(state, now) : op === 1 ? resume(state, now) : see(state, outcome, now, probes);
          expect(heldAt(state, now)).toBeGreaterThanOrEqual(held);
          expect(state.recent.length).toBeLessThanOrEqual(20);
          expect(state.rateFactor).toBeGreaterThan(0);
          expect(state.rateFactor).toBeLessThanOrEqual(1);
          const gate = gateOf(state, now);
          if (gate.send === "nothing")
            expect(state.status === "paused" || gate.until <= now + day).toBe(true);
          expect(concurrencyOf(state, 8)).toBeGreaterThanOrEqual(1);
          expect(concurrencyOf(state, 8)).toBeLessThanOrEqual(8);
        }
      }),
    );
  });
});
