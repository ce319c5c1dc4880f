import { once } from "node:events";
import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import process from "node:process";
import { afterEach, expect, test } from "vitest";
import { type Child, startChild } from "../../test/child.js";
import { useFolder } from "../../test/folder.js";
import { openSqliteStore, Presence } from "../sqlite.js";

const inFolder = useFolder();
const children: Child[] = [];
const present: Presence[] = [];
afterEach(async () => {
  for (const presence of present.splice(0)) presence.close();
  await Promise.all(children.splice(0).map((child) => child.kill()));
});

/** Returns the path of a new database. */
async function database(): Promise<string> {
  const path = inFolder("events.db");
  await (await openSqliteStore({ path })).close();
  return path;
}

function be(path: string): Presence {
  const presence = new Presence(path);
  present.push(presence);
  return presence;
}

async function child(path: string): Promise<Child & { owner: string; ended: string[] }> {
  const started = startChild("./be-present.ts", path);
  children.push(started);
  const [line] = (await once(started.lines, "line")) as [string];
  const [owner = "", ...ended] = line.split(" ");
  return { ...started, owner, ended };
}

const files = () =>
  readdirSync(inFolder(""))
    .filter((name) => name.includes("-process-"))
    .toSorted();
const endedFor = (presence: Presence) => presence.endedOwners().map(({ owner }) => owner);

test("a killed process has ended, a running one has not", async () => {
  const path = await database();
  const [killed, running] = [await child(path), await child(path)];
  const own = be(path);
  expect(endedFor(own)).toEqual([]);
  await killed.kill();
  const [ended, ...others] = own.endedOwners();
  expect(others).toEqual([]);
  expect(ended?.owner).toBe(killed.owner);
  // No other process gets it meanwhile.
  const other = be(path);
  expect(endedFor(other)).toEqual([]);
  ended?.forget();
  expect(endedFor(other)).toEqual([]);
  expect(files().some((name) => name.includes(killed.owner))).toBe(false);
  for (const { owner } of [running, own, other]) expect(files()).toContain(`events.db-process-${owner}`);
});

// Deno takes a stopped child for an ended one, and does not kill it any more.
if (!("deno" in process.versions))
  test("a stopped process has not ended", async () => {
    const path = await database();
    const stopped = await child(path);
    stopped.process.kill("SIGSTOP");
    const own = be(path);
    expect(endedFor(own)).toEqual([]);
    stopped.process.kill("SIGCONT");
    await stopped.kill();
    expect(endedFor(own)).toEqual([stopped.owner]);
  });

test("a process that dies before it forgets an ended one leaves it to the next", async () => {
  const path = await database();
  const killed = await child(path);
  await killed.kill();
  const next = await child(path);
  expect(next.ended).toEqual([killed.owner]);
  const own = be(path);
  expect(endedFor(own)).toEqual([]);
  await next.kill();
  expect(endedFor(own).toSorted()).toEqual([killed.owner, next.owner].toSorted());
});

test("others of the same process are present, and after close nothing is left", async () => {
  const path = await database();
  const [one, other] = [be(path), be(path)];
  expect(one.owner).not.toBe(other.owner);
  expect([...endedFor(one), ...endedFor(other)]).toEqual([]);
  expect(statSync(`${path}-process-${one.owner}`)).toMatchObject({ size: 0 });
  expect(statSync(`${path}-process-${one.owner}`).mode & 0o777).toBe(0o600);
  one.close();
  one.close();
  expect(endedFor(other)).toEqual([]);
  expect(files()).toHaveLength(1);
});

test("one database under two paths is one", async () => {
  const path = await database();
  symlinkSync(path, inFolder("link.db"));
  const killed = await child(inFolder("link.db"));
  const own = be(path);
  expect(endedFor(own)).toEqual([]);
  await killed.kill();
  expect(endedFor(own)).toEqual([killed.owner]);
});

test("files and folders with other names or content are not touched", async () => {
  const path = await database();
  const id = "11111111-2222-4333-8444-555555555555";
  mkdirSync(`${path}-process-${id}`);
  writeFileSync(`${path}-process-${id.replace("1", "2")}`, "a text that is no database".repeat(100));
  writeFileSync(`${path}-process-x`, "");
  symlinkSync(inFolder("nowhere"), `${path}-process-${id.replace("1", "3")}`);
  const before = files();
  const own = be(path);
  expect(endedFor(own)).toEqual([]);
  expect(files()).toEqual([...before, `events.db-process-${own.owner}`].toSorted());
});
