import { DatabaseSync } from "node:sqlite";
import { accept, arrive, derive, rebuild, routeOnly } from "@sessionhook/conformance/fact-steps";
import { recordsOfStored } from "@sessionhook/core/derive";
import { visit } from "@sessionhook/conformance/fact-visits";
import { describe, expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openStores } from "../../../test/open-stores.js";

const inFolder = useFolder();

test("derived tables that cannot be written stop no routing, not even that of a rechecked event", async () => {
  const path = inFolder("events.db");
  const stores = await openStores(path);
  const { events, deliveries, facts } = stores;
  await arrive(
    stores,
    { id: "e1", sid: "a" },
    { id: "q1", sid: "b", status: "quarantined" },
    { id: "e2", sid: "c" },
  );
  const db = new DatabaseSync(path);
  db.exec("CREATE TRIGGER t BEFORE INSERT ON g1_sessions BEGIN SELECT raise(ABORT, 'no'); END");

  await events.append([visit({ id: "e3", sid: "d" })]);
  await accept(stores, "q1");
  await routeOnly(stores);
  expect(await deliveries.lag()).toBe(0);
  await expect(derive(stores)).rejects.toMatchObject({
    code: "store_unavailable",
    message: "The database operation failed (SQLite code 19)",
  });
  expect(await facts.status()).toMatchObject({ sessions: 2, lag: 1, incomplete: true });

  db.exec("DROP TRIGGER t");
  db.close();
  await derive(stores);
  expect(await facts.status()).toMatchObject({ sessions: 3, lag: 0, incomplete: true });
  await rebuild(stores);
  expect(await facts.status()).toMatchObject({ sessions: 4, incomplete: false });
  for (const store of [facts, deliveries, events]) await store.close();
});

describe("an event that is rechecked while a rebuild is past it", () => {
  const quarantined = { id: "q1", sid: "b", status: "quarantined" } as const;
  const refuse = (table: string) =>
    `CREATE TRIGGER ${table} BEFORE INSERT ON ${table}_sessions WHEN new.id = 'b' BEGIN SELECT raise(ABORT, 'no'); END`;

  test.each([
    { name: "is in the new tables, although those in use cannot be written", unwritable: ["g1"], found: 4 },
    {
      name: "is known to be missing if the new ones cannot be written either",
      unwritable: ["g1", "g2"],
      found: 3,
    },
  ])("$name", async ({ unwritable, found }) => {
    const path = inFolder("events.db");
    const stores = await openStores(path);
    const { facts } = stores;
    await arrive(stores, { id: "e1", sid: "a" }, quarantined, { id: "e2", sid: "c" }, { id: "e3", sid: "d" });
    await facts.startRebuild(0);
    await facts.rebuildStep(2, recordsOfStored);
    const db = new DatabaseSync(path);
    for (const table of unwritable) db.exec(refuse(table));
    await accept(stores, "q1");
    await routeOnly(stores);
    expect(await facts.status()).toMatchObject({ sessions: 3, incomplete: true });
    await rebuild(stores);
    expect(await facts.status()).toMatchObject({ sessions: found, incomplete: found < 4 });

    if (found < 4) db.exec("DROP TRIGGER g2");
    db.close();
    await rebuild(stores);
    expect(await facts.status()).toMatchObject({ sessions: 4, incomplete: false });
    for (const store of Object.values(stores)) await store.close();
  });
});
