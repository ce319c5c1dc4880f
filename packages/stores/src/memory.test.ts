import { type NewEvent, noIssues } from "@sessionhook/core";
import { describeEventLog } from "@sessionhook/conformance/event-log-suite";
import { describe, expect, test } from "vitest";
import { createMemoryStore } from "./memory.js";

describeEventLog("memory", {
  persistent: false,
  make: async () => ({ open: async () => createMemoryStore(), cleanup: async () => {} }),
});

describe("memory store: its bound", () => {
  const event = (id: string, bytes: number): NewEvent => ({
    id,
    type: null,
    status: "accepted",
    ...noIssues,
    raw: new Uint8Array(bytes),
    receivedAt: 0,
    attemptTimestamp: 0,
    signature: "",
  });
  const full = { code: "store_unavailable" };

  test("rejects a whole batch that does not fit, and deletes nothing", async () => {
    const store = createMemoryStore({ maxBytes: 10_000 });
    expect(await store.append([event("a", 3000)])).toEqual(["stored"]);
    await expect(store.append([event("b", 1000), event("c", 8000)])).rejects.toMatchObject(full);
    expect(await store.get("b")).toBeUndefined();
    expect(await store.append([event("b", 3904)])).toEqual(["stored"]);
    await expect(store.append([event("c", 25)])).rejects.toMatchObject(full);
    expect(await store.append([event("a", 3000)])).toEqual(["duplicate"]);
    expect(await store.stats()).toMatchObject({ accepted: 2, duplicates: 1 });
  });

  test("is reported by checkWritable", async () => {
    const store = createMemoryStore({ maxBytes: 2000 });
    expect(await store.checkWritable()).toBeUndefined();
    await store.append([event("a", 0)]);
    await expect(store.checkWritable()).rejects.toMatchObject(full);
  });
});
