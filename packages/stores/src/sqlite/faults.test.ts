import { StoreError, noIssues } from "@sessionhook/core";
import { expect, test } from "vitest";
import { startChild } from "../../test/child.js";
import { eventWith, useFolder } from "../../test/folder.js";
import { openBoth } from "../../test/open-both.js";
import { openSqliteStore } from "../sqlite.js";

const inFolder = useFolder();
const unavailable = { code: "store_unavailable" };

test("a lock held by another process: store_unavailable in time, usable afterwards", async () => {
  const path = inFolder("events.db");
  const store = await openSqliteStore({ path, busyTimeoutMs: 200 });
  await store.append([eventWith("evt_1")]);
  const child = startChild("./hold-lock.ts", path);
  await new Promise((resolve) => child.lines.once("line", resolve));

  try {
    const began = performance.now();
    const error: unknown = await store.append([eventWith("evt_2")]).catch((error: unknown) => error);
    const took = performance.now() - began;
    expect(error).toSatisfy((error) => StoreError.isInstance(error));
    expect(error).toMatchObject({ ...unavailable, message: "The database is locked by another process" });
    expect((error as Error).cause).toBeInstanceOf(Error);
    expect(took).toBeGreaterThan(150);
    expect(took).toBeLessThan(4500);
    await expect(store.checkWritable()).rejects.toMatchObject(unavailable);
    const to = { type: null, status: "quarantined", ...noIssues } as const;
    await expect(store.reclassify("evt_1", to)).rejects.toMatchObject(unavailable);
    // Readers do not block a writer, and a writer does not block readers.
    expect(await store.get("evt_2")).toBeUndefined();
    expect((await store.list({ limit: 10 })).events).toMatchObject([{ id: "evt_1" }]);
  } finally {
    await child.kill();
  }
  expect(await store.checkWritable()).toBeUndefined();
  expect(await store.append([eventWith("evt_2")])).toEqual(["stored"]);
  expect(await store.stats()).toMatchObject({ accepted: 2, duplicates: 0 });
  await store.close();
});

test("a full disk: the whole batch is rejected, and accepted when there is space again", async () => {
  const { db, store } = openBoth(inFolder("events.db"));
  await store.append([eventWith("evt_1")]);
  const { page_count: pages } = db.prepare("PRAGMA page_count").get() as { page_count: number };
  db.exec(`PRAGMA max_page_count = ${pages + 5}`);
  const batch = [
    eventWith("evt_1"),
    eventWith("evt_2"),
    eventWith("evt_3", { raw: new Uint8Array(100_000) }),
  ];
  const failed = store.append(batch);
  await expect(failed).rejects.toMatchObject({ ...unavailable, message: "The disk is full" });
  expect((await store.list({ limit: 10 })).events).toMatchObject([{ id: "evt_1", duplicates: 0 }]);
  expect(await store.stats()).toMatchObject({ accepted: 1, duplicates: 0 });
  expect(await store.append([eventWith("evt_small")])).toEqual(["stored"]);

  db.exec("PRAGMA max_page_count = 100000");
  expect(await store.append(batch)).toEqual(["duplicate", "stored", "stored"]);
  expect(await store.stats()).toMatchObject({ accepted: 4, duplicates: 1 });
  await store.close();
});

test("no error shows an event", async () => {
  const { db, store } = openBoth(inFolder("events.db"));
  db.exec("DROP TABLE received");
  const event = eventWith("evt_secret-id", { type: "secret-type", signature: "v1,secret-signature" });
  const error: unknown = await store.append([event]).catch((error: unknown) => error);
  expect(error).toMatchObject(unavailable);
  expect(String(error)).not.toMatch(/secret|INSERT|received/);
  expect(String((error as Error).cause)).not.toContain("secret");
  await store.close();
});
