import { arrive, recordsOfAll, snapshot } from "@sessionhook/conformance/fact-steps";
import { visit } from "@sessionhook/conformance/fact-visits";
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

test("a step takes fewer events while others write", async () => {
  const path = inFolder("events.db");
  const [events, deliveries] = [await openSqliteStore({ path }), await openSqliteDeliveryStore({ path })];
  const facts = await openSqliteFactStore({ path });
  await deliveries.register([], 0);
  await arrive({ events, deliveries, facts }, ...Array.from({ length: 1100 }, (_, i) => ({ id: `e${i}` })));
  const sizes: number[] = [];
  const deriveAll: typeof recordsOfAll = (batch) => {
    sizes.push(batch.length);
    return recordsOfAll(batch);
  };
  await facts.startRebuild(0);
  expect(await facts.rebuildStep(400, recordsOfStored, deriveAll)).toMatchObject({ read: 400 });
  await events.append([visit({ id: "meanwhile" })]);
  await facts.rebuildStep(400, recordsOfStored, deriveAll);
  await facts.rebuildStep(400, recordsOfStored, deriveAll);
  // The second part was read before the other write.
  expect(sizes).toEqual([400, 400, 200, 100]);
  for (const store of [facts, deliveries, events]) await store.close();
});
