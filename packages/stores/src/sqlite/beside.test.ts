import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { type Child, startChild } from "../../test/child.js";
import { useFolder } from "../../test/folder.js";
import { backUpDatabase, openSqliteStore } from "../sqlite.js";

const inFolder = useFolder();
const children: Child[] = [];
afterEach(async () => void (await Promise.all(children.splice(0).map((child) => child.kill()))));

/** Starts a process that is about to create a file; returns it and the unfinished file. */
async function working(path: string): Promise<Child & { unfinished: string }> {
  const child = startChild("./work-beside.ts", path);
  children.push(child);
  const [unfinished] = (await once(child.lines, "line")) as [string];
  return { ...child, unfinished };
}

const hidden = () => readdirSync(inFolder("")).filter((name) => name.startsWith("."));

test("what a process leaves that is killed while it creates a file is removed by the next that creates one", async () => {
  const killed = [await working(inFolder("first.db")), await working(inFolder("backup of 2026.db"))];
  const running = await working(inFolder("first.db"));
  mkdirSync(inFolder(".first.db-a1b2c3"));
  writeFileSync(inFolder(".first.db-a1b2c3/new.db"), "the work of another program");
  for (const each of killed) await each.kill();
  expect(killed.map(({ unfinished }) => existsSync(unfinished))).toEqual([true, true]);

  await (await openSqliteStore({ path: inFolder("events.db") })).close();
  expect(killed.map(({ unfinished }) => existsSync(unfinished))).toEqual([false, false]);
  expect(existsSync(running.unfinished)).toBe(true);
  expect(existsSync(inFolder(".first.db-a1b2c3/new.db"))).toBe(true);
  expect(hidden()).toHaveLength(2);

  await running.kill();
  backUpDatabase({ from: inFolder("events.db"), to: inFolder("copy.db") });
  expect(hidden()).toEqual([".first.db-a1b2c3"]);
});

test("stores that create one database at the same time leave nothing else", async () => {
  const path = inFolder("events.db");
  const stores = await Promise.all(Array.from({ length: 8 }, () => openSqliteStore({ path })));
  for (const store of stores) await store.close();
  expect(hidden()).toEqual([]);
});
