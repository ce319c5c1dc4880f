import { DatabaseSync } from "node:sqlite";
import { arrive, now } from "@sessionhook/conformance/fact-steps";
import { recordsOfStored } from "@sessionhook/core/derive";
import { expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openStores } from "../../../test/open-stores.js";

const inFolder = useFolder();

test("tables that a killed rebuild left behind are deleted without a pause, and are no unfinished rebuild", async () => {
  const path = inFolder("events.db");
  const stores = await openStores(path);
  const { deliveries, facts } = stores;
  await arrive(stores, { id: "e1", sid: "a" }, { id: "e2", sid: "b" });
  expect(await deliveries.prune({ now, limit: 10 })).toMatchObject({ oldTables: false });
  // It is killed once the new tables are in use.
  await facts.startRebuild(now);
  await facts.rebuildStep(100, recordsOfStored);
  expect(await facts.status()).toMatchObject({ sessions: 2, rebuild: null, deleting: true });

  let calls = 0;
  while ((await deliveries.prune({ now, limit: 10 })).oldTables) calls++;
  expect(calls).toBeGreaterThan(5);
  expect(await facts.status()).toMatchObject({ sessions: 2, rebuild: null, deleting: false });
  const db = new DatabaseSync(path, { readOnly: true });
  expect(db.prepare("SELECT name FROM sqlite_schema WHERE instr(name, 'g1_') = 1").all()).toEqual([]);
  db.close();
  for (const store of Object.values(stores)) await store.close();
});
