import { readFileSync } from "node:fs";
import { arrive } from "@sessionhook/conformance/fact-steps";
import { recordsOfStored } from "@sessionhook/core/derive";
import { expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openStores } from "../../../test/open-stores.js";
import { openSqlitePrivacyStore } from "../../sqlite-privacy.js";
import { backUpDatabase, restoreDatabase } from "../../sqlite.js";

const inFolder = useFolder();

test("a restored database has nothing of an erased person in the tables of before a rebuild either", async () => {
  const [path, backup] = [inFolder("events.db"), inFolder("backup.db")];
  const stores = await openStores(path);
  const jane = { name: "Jane Erased", email: "jane.erased@example.com" };
  await arrive(stores, { id: "e1", sid: "a", person: jane }, { id: "e2", sid: "b" });
  // The process is killed once the new tables are in use, before it has deleted the old ones.
  await stores.facts.startRebuild(0);
  await stores.facts.rebuildStep(100, recordsOfStored);
  backUpDatabase({ from: path, to: backup });
  const privacy = await openSqlitePrivacyStore({ path });
  await privacy.erase({ email: jane.email }, 7);
  for (const store of [privacy, ...Object.values(stores)]) await store.close();
  expect(readFileSync(backup).includes(jane.email)).toBe(true);

  await restoreDatabase({ from: backup, to: path, aside: inFolder("old.db") });
  for (const text of [jane.email, jane.name]) expect(readFileSync(path).includes(text), text).toBe(false);
});
