import fc from "fast-check";
import { expect, test } from "vitest";
import { StepSize } from "./step-size.js";

test("a step grows while it is short, and shrinks to what takes 400 ms", () => {
  const size = new StepSize();
  const sizeAfter = (ms: number) => {
    size.measure(size.events, ms);
    return size.events;
  };
  expect([size.events, sizeAfter(50), sizeAfter(100), sizeAfter(1000)]).toEqual([500, 1000, 2000, 800]);
  expect([sizeAfter(60_000), sizeAfter(400)]).toEqual([200, 200]);
});

test("a step without events changes nothing", () => {
  const size = new StepSize();
  size.measure(0, 5000);
  expect(size.events).toBe(500);
});

test("a step always has events, whatever the clock shows", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(2000), fc.double({ noNaN: true, min: -1, max: 1e9 }))), (steps) => {
      const size = new StepSize();
      for (const [events, ms] of steps) size.measure(events, ms);
      expect(Number.isInteger(size.events) && size.events >= 200).toBe(true);
    }),
  );
});
