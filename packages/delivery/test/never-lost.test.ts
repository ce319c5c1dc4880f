import type { DeliveryItem, Outcome } from "@sessionhook/core";
import fc from "fast-check";
import { expect, it } from "vitest";
import { delivered, failing, later } from "./support/scripted-destination.js";
import { type Process, World } from "./support/world.js";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** One answer of the destination: after how long, and what. */
const answer = fc.record({
  ms: fc.constantFrom(0, 1, 30, 900, 20_000),
  kind: fc.constantFrom(
    "delivered",
    "delivered",
    "retry",
    "blocked",
    "paced",
    "later",
    "throw",
    "never",
    "garbage",
  ),
});
type Answer = typeof answer extends fc.Arbitrary<infer T> ? T : never;

const operation = fc.record({
  op: fc.constantFrom("append", "kill", "stop", "pause", "resume", "wait", "wait", "requeue", "set"),
  count: fc.integer({ min: 1, max: 30 }),
  ms: fc.constantFrom(10, 700, 5000, 70_000),
});

async function answered(world: World, { ms, kind }: Answer): Promise<Outcome> {
  const reason = { code: "x" };
  const soon = world.clock.now() + 5 * second;
  const outcomes: Record<string, Outcome> = {
    retry: failing,
    blocked: { outcome: "blocked", reason },
    paced: { outcome: "paced", reason, until: soon },
    later: { outcome: "retry", reason, used: false, after: soon },
    garbage: { nothing: 1 } as unknown as Outcome,
  };
  if (kind === "never") return new Promise(() => {});
  await later(world.clock, ms, delivered);
  if (kind === "throw") throw new Error("x");
  return outcomes[kind] ?? delivered;
}

it("loses no delivery, and reports none that the destination did not accept", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 5, maxLength: 25 }),
      fc.array(answer, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 6 }),
      fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
      async (operations, answers, concurrency, rate) => {
        const world = new World();
        let asked = 0;
        const accepted = new Set<string>();
        let calm = false;
        const script = async (item: DeliveryItem) => {
          const outcome = calm
            ? delivered
            : await answered(world, answers[asked++ % answers.length] as Answer);
          if (outcome.outcome === "delivered") accepted.add(item.event.id);
          return outcome;
        };
        world.destination("crm", { concurrency, rate, timeoutMs: 12 * second }, script);
        let process: Process = world.process();
        await process.start();
        for (const { op, count, ms } of operations) {
          switch (op) {
            case "append":
              await world.append(count);
              process.wakeRouter();
              break;
            case "kill":
              // A killed process never speaks to the store again.
              world.kill(process);
              process = world.process();
              await process.start();
              break;
            case "stop": {
              const stopped = process.stop(20 * second);
              await world.clock.advance(20 * second);
              await stopped;
              process = world.process();
              await process.start();
              break;
            }
            case "pause":
              await process.pause("crm");
              break;
            case "resume":
              await process.resume("crm");
              break;
            case "set":
              // Someone sets the time of day.
              world.clock.set(count % 2 === 0 ? -count * 2 * minute : count * 2 * minute);
              break;
            case "requeue": {
              const [newest] = (await world.store.list({ limit: 1 })).deliveries;
              if (newest !== undefined) await world.store.requeue(newest.id, world.clock.now());
              break;
            }
          }
          await world.clock.advance(ms);
        }
        calm = true;
        await process.resume("crm");
        // The schedule up to the fifth attempt; held deliveries wait for none of it.
        await world.clock.jump(30 * hour, hour / 4);
        const { deliveries } = await world.store.list({ limit: 500 });
        for (const { state, eventId } of deliveries) {
          expect(["delivered", "dead"]).toContain(state);
          if (state === "delivered") expect(accepted).toContain(eventId);
        }
        const dead = deliveries.filter(({ state }) => state === "dead").length;
        const appended = operations
          .filter(({ op }) => op === "append")
          .reduce((sum, { count }) => sum + count, 0);
        expect(deliveries).toHaveLength(appended);
        // Dead only by used up attempts, which this short time does not allow.
        expect(dead).toBe(0);
        await process.stop(second);
      },
    ),
    { numRuns: 100 },
  );
}, 240_000);

it("stays within concurrency and rate, whatever the destination answers", async () => {
  // Sends that end before their timeout: an abandoned one is not under way any more.
  const quick = answer.filter(({ kind, ms }) => kind !== "never" && ms < 10_000);
  await fc.assert(
    fc.asyncProperty(
      fc.array(quick, { minLength: 1, maxLength: 40 }),
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 3, maxLength: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
      async (answers, waits, concurrency, rate) => {
        const world = new World();
        let asked = 0;
        const crm = world.destination("crm", { concurrency, rate }, () =>
          answered(world, answers[asked++ % answers.length] as Answer),
        );
        const process = world.process();
        await process.start();
        for (const ms of waits) {
          await world.append(10);
          await process.resume("crm");
          await world.clock.advance(ms);
        }
        await world.clock.jump(hour, hour / 4);
        expect(crm.mostRunning).toBeLessThanOrEqual(concurrency);
        const times = crm.sends.map(({ at }) => at);
        times.forEach((at, i) => {
          const within = times.slice(i).filter((time) => time < at + second).length;
          expect(within).toBeLessThanOrEqual((rate ?? Infinity) + Math.max(1, (rate ?? 0) / 10));
        });
        const stopped = process.stop(5 * second);
        await world.clock.advance(5 * second);
        await stopped;
      },
    ),
    {
      numRuns: 100,
      // A probe is a send too.
      examples: [
        [
          [
            { ms: 0, kind: "blocked" },
            { ms: 0, kind: "later" },
            { ms: 0, kind: "delivered" },
          ],
          [1, 1, 1],
          1,
          1,
        ],
      ],
    },
  );
}, 240_000);
