import { type EventLog, sign, SigningSecrets, StoreError } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createReceiver, type ReceiverOptions } from "@sessionhook/receiver";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const body = '{"type":"other"}';

// Time passes only when a test advances the clock.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

/** A receiver over a store whose methods a test replaces. */
function receiverWith(changes: Partial<EventLog>, options: Partial<ReceiverOptions> = {}) {
  const memory = createMemoryStore();
  const store = Object.assign(Object.create(memory) as EventLog, {
    append: memory.append.bind(memory),
    stats: memory.stats.bind(memory),
    checkWritable: memory.checkWritable.bind(memory),
    ...changes,
  });
  const secrets = new SigningSecrets(secret);
  const { fetch } = createReceiver({
    store,
    secrets,
    adminToken: "token",
    openMetrics: true,
    requestScopedIo: true,
    ...options,
  });
  return {
    get: (path: string) => fetch(new Request(`http://localhost${path}`)),
    send: (id: string, text = body) => {
      const headers = { ...sign(text, { id, secret }) };
      return fetch(new Request("http://localhost/webhooks", { method: "POST", body: text, headers }));
    },
  };
}

it("a request that never ends delays no other, and does not count as waiting", async () => {
  const memory = createMemoryStore();
  let lost = 0;
  const append = (events: Parameters<EventLog["append"]>[0]) => {
    if (events[0]?.id.startsWith("lost") !== true) return memory.append(events);
    lost++;
    return new Promise<never>(() => undefined);
  };
  const receiver = receiverWith({ append }, { maxPending: 1, memoryBudgetBytes: 32 * 1024 });
  for (let i = 0; i < 5; i++) void receiver.send(`lost_${i}`);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lost).toBe(5);
  expect((await receiver.send("evt_1")).status).toBe(200);
  const metrics = await (await receiver.get("/metrics")).text();
  expect(metrics).toContain("sessionhook_pending_events 0");
  expect(metrics).toContain("sessionhook_memory_budget_used_bytes 0");
  expect(metrics).toContain("sessionhook_committed_events_total 1");
});

it("every event is appended separately, and a failure affects only its own request", async () => {
  const sizes: number[] = [];
  const memory = createMemoryStore();
  const receiver = receiverWith({
    append: async (events) => {
      sizes.push(events.length);
      if (events[0]?.id === "evt_3") throw new StoreError("store_unavailable", "down");
      return memory.append(events);
    },
  });
  const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => receiver.send(`evt_${i}`)));
  expect(sizes).toEqual(Array.from({ length: 8 }, () => 1));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 503, 200, 200, 200, 200]);
  expect(await (await receiver.send("evt_0")).json()).toEqual({ status: "duplicate", id: "evt_0" });
});

it("a readiness check that never ends delays no other", async () => {
  let checks = 0;
  const receiver = receiverWith({
    checkWritable: async () => {
      checks++;
      if (checks === 1) await new Promise(() => undefined);
    },
  });
  void receiver.get("/readyz");
  expect((await receiver.get("/readyz")).status).toBe(200);
  for (let i = 0; i < 20; i++) expect((await receiver.get("/readyz")).status).toBe(200);
  expect(checks).toBe(2);
});

it("caches for a short time that the store is not writable", async () => {
  let checks = 0;
  const receiver = receiverWith({
    checkWritable: async () => {
      checks++;
      throw new StoreError("store_unavailable", "down");
    },
  });
  for (let i = 0; i < 5; i++) expect((await receiver.get("/readyz")).status).toBe(503);
  expect(checks).toBe(1);
  vi.setSystemTime(Date.now() + 1000);
  for (let i = 0; i < 5; i++) expect((await receiver.get("/readyz")).status).toBe(503);
  expect(checks).toBe(2);
});
