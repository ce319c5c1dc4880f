import { configure, type LogRecord, reset } from "@logtape/logtape";
import { afterEach, beforeEach, expect, it } from "vitest";
import { signInFailures } from "./sign-in-failures.js";

const records: LogRecord[] = [];
beforeEach(() =>
  configure({
    sinks: { records: (record) => void records.push(record) },
    loggers: [{ category: "sessionhook", sinks: ["records"], lowestLevel: "debug" }],
  }),
);
afterEach(async () => {
  await reset();
  records.length = 0;
});

it("counts every failed sign-in, and logs ten of each reason in a minute", () => {
  let now = 0;
  let counted = 0;
  const failed = signInFailures({ signInFailed: () => void counted++ }, () => now);
  const request = new Request("http://localhost/api/stats");
  for (let count = 0; count < 1000; count++) failed("no_token", request, undefined);
  failed("wrong_token", request, undefined);
  expect([counted, records.length]).toEqual([1001, 11]);
  now = 60_000;
  failed("no_token", request, undefined);
  expect(records.slice(10).map(({ rawMessage, properties }) => [rawMessage, properties])).toEqual([
    ["sign-in failed", expect.objectContaining({ reason: "wrong_token" })],
    ["further sign-ins failed", { reason: "no_token", times: 990 }],
    ["sign-in failed", expect.objectContaining({ reason: "no_token" })],
  ]);
});
