import { configure, type LogRecord, reset } from "@logtape/logtape";
import { afterEach, beforeEach, expect, it } from "vitest";
import { CopyFailures } from "./copy-failures.js";

const records: LogRecord[] = [];
beforeEach(() =>
  configure({
    sinks: { records: (record) => void records.push(record) },
    loggers: [
      { category: "sessionhook", sinks: ["records"] },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  }),
);
afterEach(() => reset());

it("logs the beginning and the end of each run of failures", () => {
  const failures = new CopyFailures();
  for (const reason of [undefined, "full", "full", "locked", undefined, undefined, "locked"])
    failures.report(reason);
  expect(records.map(({ level, properties }) => [level, properties["reason"]])).toEqual([
    ["error", "full"],
    ["info", undefined],
    ["error", "locked"],
  ]);
});
