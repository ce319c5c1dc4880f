import { describe, expect, it } from "vitest";
import { retryAfterMs } from "./send-message.js";
import { Pacer } from "./pacer.js";
import { Tally } from "./tally.js";

describe("Tally", () => {
  it("returns percentiles within 1 % for any number of events", () => {
    let clock = 0;
    const tally = new Tally(() => clock);
    for (let i = 1; i <= 10_000; i++) {
      tally.add({ id: `evt_${i}`, status: "accepted", acknowledged: true, milliseconds: i / 10 });
    }
    clock = 4000;
    tally.stop();
    clock = 9000;
    expect(Math.abs((tally.percentile(0.5) as number) / 500 - 1)).toBeLessThan(0.012);
    expect(Math.abs((tally.percentile(0.99) as number) / 990 - 1)).toBeLessThan(0.012);
    expect(tally.rate).toBe(2500);
    expect(tally.events).toHaveLength(1000);
  });
});

describe("Pacer", () => {
  it("never exceeds the rate, and compensates for delays of at most 20 ms", () => {
    let clock = 0;
    const pacer = new Pacer(100, () => clock);
    expect([pacer.reserve(), pacer.reserve(), pacer.reserve()]).toEqual([0, 10, 20]);
    clock = 1000;
    expect([pacer.reserve(), pacer.reserve(), pacer.reserve(), pacer.reserve()]).toEqual([0, 0, 0, 10]);
  });
});

describe("retryAfterMs", () => {
  it("reads seconds and dates, up to a maximum", () => {
    const now = Date.UTC(2026, 0, 1);
    expect(retryAfterMs("3", now)).toBe(3000);
    expect(retryAfterMs("Thu, 01 Jan 2026 00:00:05 GMT", now)).toBe(5000);
    expect(retryAfterMs("Thu, 01 Jan 2015 00:00:05 GMT", now)).toBe(0);
    expect(retryAfterMs("86400", now)).toBe(30_000);
    expect(retryAfterMs(null, now)).toBe(1000);
    expect(retryAfterMs("soon", now)).toBe(1000);
  });
});
