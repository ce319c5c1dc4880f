import { arrive, recordsOfAll, snapshot } from "@sessionhook/conformance/fact-steps";
import { recordsOfStored } from "@sessionhook/core/derive";
import { expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "../../sqlite.js";

const inFolder = useFolder();

test("what was derived ahead is not written where another process has continued the rebuild meanwhile", async () => {
  const path = inFolder("events.db");
  const [events, deliveries] = [await openSqliteStore({ path }), await openSqliteDeliveryStore({ path })];
  const [facts, others] = [await openSqliteFactStore({ path }), await openSqliteFactStore({ path })];
  await deliveries.register([], 0);
  const visits = Array.from({ length: 12 }, (_, index) => ({ id: `e${index}`, sid: `s${index}` }));
  await arrive({ events, deliveries, facts }, ...visits);
  const before = await snapshot(facts);
  const read: string[] = [];
  const deriveAll: typeof recordsOfAll = (batch) => {
    read.push(batch.map(({ id }) => id).join(" "));
    return recordsOfAll(batch);
  };
  await facts.startRebuild(0);
  expect(await facts.rebuildStep(3, recordsOfStored, deriveAll)).toMatchObject({ read: 3 });
  expect(read).toEqual(["e0 e1 e2", "e3 e4 e5"]);
  expect(await others.rebuildStep(4, recordsOfStored)).toMatchObject({ read: 7 });
  expect(await facts.rebuildStep(3, recordsOfStored, deriveAll)).toMatchObject({ read: 10 });
  expect(read).toEqual(["e0 e1 e2", "e3 e4 e5", "e7 e8 e9", "e10 e11"]);
  while (!(await facts.rebuildStep(3, recordsOfStored, deriveAll)).done);
  expect(await snapshot(facts)).toEqual(before);
  for (const store of [facts, others, deliveries, events]) await store.close();
});
