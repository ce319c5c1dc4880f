import { renameSync, rmSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { eventWith, useFolder } from "../../../test/folder.js";
import { backUpDatabase, openSqliteDeliveryStore, openSqliteStore } from "../../sqlite.js";

const inFolder = useFolder();
const waiting = { destination: "crm", state: "waiting", reason: null, dueAt: 1, heldMs: 0 } as const;

test(
  "a database that was replaced is noticed, and the backup in its place goes on with the same destinations",
  { timeout: 40_000 },
  async () => {
    const path = inFolder("events.db");
    const outages: (string | undefined)[] = [];
    const store = await openSqliteStore({ path });
    await store.append([eventWith("before")]);
    // Of the time before the destination was registered.
    backUpDatabase({ from: path, to: inFolder("backup.db") });
    const deliveries = await openSqliteDeliveryStore({ path, onOutage: (reason) => outages.push(reason) });
    await deliveries.register(["crm"], 1);

    for (const suffix of ["-wal", "-shm"]) rmSync(path + suffix);
    renameSync(inFolder("backup.db"), path);
    await expect(deliveries.lag()).rejects.toMatchObject({ code: "store_unavailable" });
    expect(outages).toEqual([expect.stringContaining("Another file")]);
    await vi.waitFor(() => deliveries.lag(), { timeout: 15_000, interval: 100 });
    await vi.waitFor(() => store.append([eventWith("after")]), { timeout: 15_000, interval: 100 });
    expect(outages.at(-1)).toBeUndefined();
    const { events, token } = await deliveries.unrouted(5);
    expect(events.map(({ id }) => id)).toEqual(["after"]);
    const decisions = [{ eventId: "after", facts: undefined, deliveries: [waiting] }];
    expect(await deliveries.plan(token, decisions, 1)).toBe(true);
    expect(await deliveries.counts(1)).toMatchObject([{ destination: "crm", open: 1 }]);
    await deliveries.close();
    await store.close();
  },
);

test("after retention the stored counts still agree, so that another file is not taken for a damaged one", async () => {
  const path = inFolder("events.db");
  const store = await openSqliteStore({ path });
  const deliveries = await openSqliteDeliveryStore({ path });
  const conflict = eventWith("a", { raw: new Uint8Array(3) });
  await store.append([eventWith("a"), conflict, eventWith("b", { status: "quarantined" }), eventWith("c")]);
  const { events, token } = await deliveries.unrouted(5);
  await deliveries.plan(
    token,
    events.map(({ id }) => ({ eventId: id, facts: { eventId: id }, deliveries: [] })),
    1,
  );
  expect(await deliveries.prune({ eventsBefore: Infinity, now: 1, limit: 100 })).toMatchObject({ events: 2 });
  const copy = backUpDatabase({ from: path, to: inFolder("backup.db") });
  const { accepted, quarantined, unrecognized, conflicts } = await store.stats();
  expect([copy.events, accepted + quarantined + unrecognized + conflicts]).toEqual([1, 1]);
  await deliveries.close();
  await store.close();
});
