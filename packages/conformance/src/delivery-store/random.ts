import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeliveryStoreHarness } from "./harness.js";
import { type Action, sequences } from "./random-actions.js";
import { Player } from "./random-player.js";
import { randomRuns } from "../random-runs.js";

/** Plays random sequences of calls on the store and on its model; both must answer the same. */
export function describeRandom(harness: DeliveryStoreHarness, model: DeliveryStoreHarness): void {
  describe("agrees with its model, and its counters with its lists", () => {
    test("after random calls", { timeout: 240_000 }, async () => {
      const property = fc.asyncProperty(sequences, async (sequence) => run(harness, model, sequence));
      await expect(fc.assert(property, { numRuns: randomRuns(120) })).resolves.toBeUndefined();
    });
  });
}

async function run(
  harness: DeliveryStoreHarness,
  model: DeliveryStoreHarness,
  sequence: readonly Action[],
): Promise<void> {
  const fixtures = [await harness.make(), await model.make()] as const;
  const [real, expected] = [await Player.on(fixtures[0]), await Player.on(fixtures[1])];
  try {
    for (const [index, action] of sequence.entries()) {
      if (action.do === "reopen") {
        if (harness.persistent) await real.play(action);
        continue;
      }
      const seen = [await real.play(action), await expected.play(action)];
      expect(seen[0], `step ${index}`).toEqual(seen[1]);
      const whole = index === sequence.length - 1;
      if (whole || index % 4 === 0)
        expect(await real.read(whole), `after step ${index}`).toEqual(await expected.read(whole));
    }
  } finally {
    await real.close();
    await expected.close();
    for (const fixture of fixtures) await fixture.cleanup();
  }
}
