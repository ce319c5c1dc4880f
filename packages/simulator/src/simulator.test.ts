import { parseEvent } from "@sessionhook/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSimulator, type SimulatedEvent, type Simulator, simulatedTypes } from "./index.js";

const now = Date.UTC(2026, 6, 1, 9, 30);

function take(count: number, seed = 7): SimulatedEvent[] {
  const simulator = createSimulator({ seed, now });
  return Array.from({ length: count }, () => simulator.next());
}

describe("createSimulator", () => {
  it("generates the same events for the same seed and time, byte for byte", () => {
    const mixed = (seed: number, end: number) => {
      const simulator = createSimulator({ seed, now: end });
      return [...simulatedTypes, undefined].flatMap((type) => [
        simulator.next(type),
        simulator.next(type, { variant: "invalid" }),
        simulator.next(type, { variant: "unrecognized" }),
      ]);
    };
    expect(mixed(5, now)).toEqual(mixed(5, now));
    expect(mixed(5, now)).not.toEqual(mixed(6, now));
    expect(mixed(5, now)).not.toEqual(mixed(5, now + 1));
  });

  it("does not depend on another simulator that runs at the same time", () => {
    const alone = take(20);
    const one = createSimulator({ seed: 7, now });
    const other = createSimulator({ seed: 8, now });
    const between = Array.from({ length: 20 }, () => {
      other.next();
      return one.next();
    });
    expect(between).toEqual(alone);
  });

  it("generates events of every type that core accepts, for any seed and time", () => {
    const seeds = fc.double({ noNaN: true, noDefaultInfinity: true });
    const times = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(seeds, times, (seed, end) => {
        const simulator = createSimulator({ seed, now: end });
        for (const type of [...simulatedTypes, ...simulatedTypes]) {
          const { id, body, type: saidType } = simulator.next(type);
          const result = parseEvent(body);
          expect(result).toMatchObject({ status: "accepted", event: { id, type } });
          expect(saidType).toBe(type);
          expect(id).toMatch(/^evt_[0-9A-Z]{26}$/);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("generates events that core quarantines or does not recognize, on request", () => {
    for (let seed = 0; seed < 150; seed++) {
      const simulator = createSimulator({ seed, now });
      for (const type of simulatedTypes) {
        const invalid = simulator.next(type, { variant: "invalid" });
        expect({ ...invalid, status: parseEvent(invalid.body).status }).toMatchObject({
          status: "quarantined",
        });
        const unknown = simulator.next(type, { variant: "unrecognized" });
        expect(parseEvent(unknown.body)).toMatchObject({ status: "unrecognized", type: unknown.type });
      }
    }
  });

  it("gives events of different kinds different ids, also from the same seed", () => {
    const many = (next: (simulator: Simulator) => SimulatedEvent) => {
      const simulator = createSimulator({ seed: 3, now });
      return Array.from({ length: 40 }, () => next(simulator).id);
    };
    const ids = [
      ...simulatedTypes.flatMap((type) => many((simulator) => simulator.next(type))),
      ...many((simulator) => simulator.next(undefined, { variant: "invalid" })),
      ...many((simulator) => simulator.next(undefined, { variant: "unrecognized" })),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("never repeats an id", () => {
    const ids = [...take(3000, 1), ...take(3000, 2)].map((event) => event.id);
    expect(new Set(ids).size).toBe(6000);
  });

  it("rejects a seed or time that is not a number", () => {
    expect(() => createSimulator({ seed: Number.NaN, now })).toThrow(/seed/);
    expect(() => createSimulator({ seed: 1, now: Number.POSITIVE_INFINITY })).toThrow(/now/);
  });
});
