import { readFileSync, statSync, writeFileSync } from "node:fs";
import { StoreError } from "@sessionhook/core";
import { expect, test } from "vitest";
import { eventWith, useFolder } from "../../test/folder.js";
import { openSqliteStore } from "../sqlite.js";
import { inspect, largestChecked } from "./inspect.js";

const inFolder = useFolder();

test("checks files completely up to a size, and only the header of larger ones", async () => {
  const path = inFolder("events.db");
  const store = await openSqliteStore({ path });
  // A new database has header and schema only.
  const { size: emptySize } = statSync(path);
  await store.append(Array.from({ length: 300 }, (_, i) => eventWith(`evt_${i}`)));
  await store.close();
  const { size } = statSync(path);
  expect(() => inspect(path, size, 0, size)).not.toThrow();

  writeFileSync(path, readFileSync(path).fill(0x5a, emptySize));
  expect(() => inspect(path, size, 0, size)).toThrow(StoreError);
  expect(() => inspect(path, size, 0, size - 1)).not.toThrow();
  expect(() => inspect(path, size, 0)).toThrow("The database is damaged");
  expect(largestChecked).toBe(268_435_456);
});
