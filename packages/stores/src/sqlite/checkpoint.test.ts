import { statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { eventWith, useFolder } from "../../test/folder.js";
import { Checkpointer, openSqliteStore } from "../sqlite.js";

const inFolder = useFolder();
const batch = (from: number) => Array.from({ length: 100 }, (_, i) => eventWith(`evt_${from + i}`));

describe("the write-ahead log of a store that does not checkpoint by itself", () => {
  test("grows, is copied by another connection, and begins anew", async () => {
    const path = inFolder("events.db");
    const store = await openSqliteStore({ path, autoCheckpoint: false });
    for (let i = 0; i < 5; i++) await store.append(batch(100 * i));
    const pages = store.pagesToCheckpoint();
    // Bun and Deno may bring an older SQLite, which does not tell.
    if (pages !== undefined) expect(pages).toBeGreaterThan(20);
    const grown = statSync(`${path}-wal`).size;

    const checkpointer = new Checkpointer(path);
    checkpointer.run();
    if (pages !== undefined) expect(store.pagesToCheckpoint()).toBe(0);
    for (let i = 5; i < 8; i++) await store.append(batch(100 * i));
    expect(statSync(`${path}-wal`).size).toBe(grown);

    await store.close();
    const again = await openSqliteStore({ path });
    expect((await again.stats()).accepted).toBe(800);
    await again.close();
  });

  test("is left alone where it cannot be copied, and copied once it can", async () => {
    const path = inFolder("later/events.db");
    const checkpointer = new Checkpointer(path);
    expect(() => checkpointer.run()).not.toThrow();
    const store = await openSqliteStore({ path, autoCheckpoint: false });
    for (let i = 0; i < 5; i++) await store.append(batch(100 * i));
    const before = statSync(path).size;
    checkpointer.run();
    expect(statSync(path).size).toBeGreaterThan(before);
    await store.close();
  });
});
