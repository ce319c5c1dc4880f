import { setTimeout } from "node:timers/promises";
import { configure, type LogRecord, reset } from "@logtape/logtape";
import { type DeliveryStore, StoreError } from "@sessionhook/core";
import { createMemoryDeliveryStore, createMemoryStore } from "@sessionhook/stores/memory";
import { expect, it, vi } from "vitest";
import { inProcess } from "./in-process.js";

/** Deliveries over a store in memory whose `register` does something first. */
function deliveries(beforeRegister: () => Promise<void>) {
  const eventLog = createMemoryStore();
  const store = createMemoryDeliveryStore(eventLog);
  const calls: PropertyKey[] = [];
  const observed = new Proxy(store, {
    get(target, name) {
      const member = Reflect.get(target, name, target) as unknown;
      if (typeof member !== "function") return member;
      return async (...parameters: unknown[]) => {
        calls.push(name);
        if (name === "register") await beforeRegister();
        return Reflect.apply(member, target, parameters) as unknown;
      };
    },
  }) as DeliveryStore;
  const config = { destinations: [], retention: { eventsMs: undefined, historyMs: 1000 } };
  const runner = inProcess({ config, drivers: [], eventLog, store: observed, presence: undefined });
  return { runner, calls };
}

it("does nothing more once it has stopped, also if it was still starting", async () => {
  const { runner, calls } = deliveries(() => setTimeout(100));
  runner.start();
  await vi.waitFor(() => expect(calls).toContain("register"), { timeout: 20_000 });
  await runner.stop(0);
  const before = calls.length;
  await setTimeout(300);
  expect(calls.slice(before)).toEqual([]);
});

it("starts again after failures of the store, and logs their beginning and end", async () => {
  const records: LogRecord[] = [];
  const loggers = [
    { category: "sessionhook", sinks: ["records"] },
    { category: ["logtape", "meta"], sinks: [] },
  ];
  await configure({ sinks: { records: (record) => void records.push(record) }, loggers });
  let failures = 0;
  const { runner, calls } = deliveries(async () => {
    if (++failures <= 2) throw new StoreError("store_unavailable", "The database is locked");
  });
  runner.start();
  await vi.waitFor(() => expect(calls).toContain("unrouted"), { timeout: 20_000 });
  await runner.stop(0);
  await reset();
  expect(records.map(({ level, rawMessage }) => [level, rawMessage])).toEqual([
    ["error", "the deliveries could not be started; this is tried again"],
    ["info", "the deliveries have been started"],
  ]);
});
