import { StoreError } from "@sessionhook/core";
import { configure, reset } from "@logtape/logtape";
import { afterEach, expect, it } from "vitest";
import { withChangesLogged } from "./changes-logged.js";

afterEach(() => reset());

it("logs once that a check fails, with the reason, and once that it succeeds again", async () => {
  const lines: unknown[] = [];
  await configure({
    sinks: { lines: ({ level, rawMessage, properties }) => void lines.push([level, rawMessage, properties]) },
    loggers: [
      { category: "sessionhook", sinks: ["lines"] },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
  let failure: Error | undefined;
  const check = withChangesLogged(async () => {
    if (failure !== undefined) throw failure;
  });
  await check();
  expect(lines).toEqual([]);
  failure = new StoreError("store_unavailable", "The disk is full");
  await expect(check()).rejects.toBe(failure);
  await expect(check()).rejects.toBe(failure);
  failure = undefined;
  await check();
  await check();
  expect(lines).toEqual([
    ["error", "the store does not accept writes", { reason: "The disk is full" }],
    ["info", "the store accepts writes again", {}],
  ]);
});
