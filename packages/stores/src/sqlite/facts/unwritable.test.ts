import { DatabaseSync } from "node:sqlite";
import { accept, arrive, derive, rebuild, routeOnly } from "@sessionhook/conformance/fact-steps";
import { visit } from "@sessionhook/conformance/fact-visits";
import { expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "../../sqlite.js";

const inFolder = useFolder();

test("derived tables that cannot be written stop no routing, not even that of a rechecked event", async () => {
  const path = inFolder("events.db");
  const stores = {
    events: await openSqliteStore({ path }),
    deliveries: await openSqliteDeliveryStore({ path }),
    facts: await openSqliteFactStore({ path }),
  };
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
