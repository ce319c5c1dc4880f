import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { registrableDomain } from "./domains.js";
import { remembering } from "./remembering.js";
import { readUserAgent } from "./user-agent.js";

it("returns what the function returns, and calls it once for a text that occurs often", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1500 }), { maxLength: 4000 }), (numbers) => {
      let calls = 0;
      const read = remembering((text) => {
        calls++;
        return text.endsWith("1") ? undefined : `${text}!`;
      });
      for (const number of numbers)
        expect(read(`${number}`)).toBe(`${number}`.endsWith("1") ? undefined : `${number}!`);
      const different = new Set(numbers).size;
      expect(calls).toBeGreaterThanOrEqual(different);
      if (different <= 1000) expect(calls).toBe(different);
    }),
  );
});

it("takes a bounded amount of memory, whatever the texts of events hold", () => {
  setFlagsFromString("--expose_gc");
  const collect = runInNewContext("gc") as () => void;
  const used = () => {
    collect();
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  const before = used();
  for (let index = 0; index < 3000; index++)
    registrableDomain(`https://firm-${index}.example.com/${"x".repeat(2000)}`);
  for (let index = 0; index < 500; index++) {
    const padded = `firm-number-${index}.example.com${" ".repeat(200_000)}`;
    expect(registrableDomain(padded)).toBe("example.com");
    readUserAgent(`Mozilla/5.0 (agent ${index}) ${"x".repeat(200_000)}`);
  }
  expect(used() - before).toBeLessThan(20);
});
