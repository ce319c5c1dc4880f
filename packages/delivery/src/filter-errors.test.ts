import { configure, reset } from "@logtape/logtape";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FilterErrors } from "./filter-errors.js";

const lines: unknown[] = [];
beforeEach(async () => {
  lines.length = 0;
  await configure({
    sinks: { lines: ({ level, properties }) => lines.push({ level, ...properties }) },
    loggers: [
      { category: "sessionhook", sinks: ["lines"], lowestLevel: "debug" },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
});
afterEach(() => reset());

it("logs the first failure of a destination, and those of a minute together", () => {
  let now = 0;
  const errors = new FilterErrors({ elapsed: () => now });
  for (let i = 0; i < 30; i++) {
    errors.add("crm");
    now += 10_000;
  }
  errors.add("slack");
  const counts = [1, 6, 6, 6, 6];
  expect(lines).toEqual([
    ...counts.map((events) => ({ level: "warning", destination: "crm", events })),
    { level: "warning", destination: "slack", events: 1 },
  ]);
});
