import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { startChild } from "../../test/child.js";
import { eventWith, useFolder } from "../../test/folder.js";
import { backUpDatabase, openSqliteDeliveryStore, openSqliteStore, restoreDatabase } from "../sqlite.js";
import { openSqlitePrivacyStore } from "../sqlite-privacy.js";

const inFolder = useFolder();

async function fill(path: string, ids: readonly string[]): Promise<void> {
  const store = await openSqliteStore({ path });
  await store.append(ids.map((id) => eventWith(id)));
  await store.close();
}

async function idsOf(path: string): Promise<string[]> {
  const store = await openSqliteStore({ path });
  const { events } = await store.list({ limit: 500 });
  await store.close();
  return events.map(({ id }) => id).toReversed();
}

test("a restored database is the backup, and the old one remains, with the content of its log", async () => {
  const [to, from, aside] = [inFolder("events.db"), inFolder("b.db"), inFolder("old.db")];
  await fill(to, ["evt_1", "evt_2"]);
  backUpDatabase({ from: to, to: from });
  const child = startChild("./append-for-ever.ts", to, "r");
  await new Promise((resolve) => child.lines.once("line", resolve));
  await child.kill();
  expect(statSync(`${to}-wal`).size).toBeGreaterThan(0);
  chmodSync(to, 0o644);
  expect(await restoreDatabase({ from, to, aside })).toMatchObject({ events: 2, replaced: true });
  expect(readdirSync(inFolder("")).toSorted()).toEqual(["b.db", "events.db", "old.db"]);
  for (const file of [to, aside]) expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await idsOf(to)).toEqual(["evt_1", "evt_2"]);
  expect((await idsOf(aside)).slice(0, 3)).toEqual(["evt_1", "evt_2", "evt_r_0_0"]);
});

test("nothing is restored while a process has the database open", async () => {
  const [to, from, aside] = [inFolder("events.db"), inFolder("b.db"), inFolder("old.db")];
  await fill(to, ["evt_1"]);
  backUpDatabase({ from: to, to: from });
  const child = startChild("./hold-lock.ts", to);
  await new Promise((resolve) => child.lines.once("line", resolve));
  await expect(restoreDatabase({ from, to, aside })).rejects.toThrow("The database is in use");
  expect(existsSync(aside)).toBe(false);
  await child.kill();
  const store = await openSqliteStore({ path: to });
  await expect(restoreDatabase({ from, to, aside })).rejects.toThrow("The database is in use");
  await store.append([eventWith("evt_2")]);
  await store.close();
  expect(await idsOf(to)).toEqual(["evt_1", "evt_2"]);
});

test("a damaged, missing or newer database is replaced, and its log with it", async () => {
  const from = inFolder("b.db");
  await fill(inFolder("first.db"), ["evt_1"]);
  backUpDatabase({ from: inFolder("first.db"), to: from });
  const text = "no database ".repeat(1000);
  writeFileSync(inFolder("damaged.db"), text);
  for (const name of ["damaged", "missing"]) {
    writeFileSync(inFolder(`${name}.db-wal`), "an old log");
    const [to, aside] = [inFolder(`${name}.db`), inFolder(`${name}-old.db`)];
    expect((await restoreDatabase({ from, to, aside })).replaced).toBe(name === "damaged");
    expect(existsSync(`${to}-wal`)).toBe(false);
    expect(await idsOf(to)).toEqual(["evt_1"]);
  }
  expect(readFileSync(inFolder("damaged-old.db"), "utf8")).toBe(text);
  expect(readFileSync(inFolder("missing-old.db-wal"), "utf8")).toBe("an old log");

  const newer = inFolder("newer.db");
  await fill(newer, ["evt_1", "evt_2"]);
  const db = new DatabaseSync(newer);
  db.exec("PRAGMA user_version = 99");
  db.close();
  await restoreDatabase({ from, to: newer, aside: inFolder("newer-old.db") });
  expect(await idsOf(newer)).toEqual(["evt_1"]);
});

test("a bad backup and another application's database change nothing", async () => {
  const [to, from, aside] = [inFolder("events.db"), inFolder("b.db"), inFolder("old.db")];
  await fill(to, ["evt_1"]);
  writeFileSync(from, "no database ".repeat(1000));
  const before = readFileSync(to);
  await expect(restoreDatabase({ from, to, aside })).rejects.toThrow("is not a Sessionhook event store");
  expect(readFileSync(to).equals(before)).toBe(true);

  const other = new DatabaseSync(inFolder("other.db"));
  other.exec("CREATE TABLE t (x)");
  other.close();
  const bytes = readFileSync(inFolder("other.db"));
  await expect(restoreDatabase({ from: to, to: inFolder("other.db"), aside })).rejects.toThrow(
    "another application",
  );
  expect(readFileSync(inFolder("other.db")).equals(bytes)).toBe(true);
  expect(existsSync(aside)).toBe(false);
});

test("what was erased since the backup is erased in the restored database, and its ids stay duplicates", async () => {
  const [to, from, aside] = [inFolder("events.db"), inFolder("b.db"), inFolder("old.db")];
  const raw = new TextEncoder().encode('{"a":"jane.doe@example.com"}');
  const store = await openSqliteStore({ path: to });
  await store.append([
    eventWith("evt_1"),
    eventWith("jane_1", { raw }),
    eventWith("jane_1", { raw: new Uint8Array(9) }),
  ]);
  backUpDatabase({ from: to, to: from });
  await store.append([eventWith("jane_2", { raw })]);
  const privacy = await openSqlitePrivacyStore({ path: to });
  expect((await privacy.erase({ email: "jane.doe@example.com" }, 7)).events).toBe(3);
  await privacy.close();
  await store.close();
  expect(readFileSync(from).includes("jane.doe@example.com")).toBe(true);
  expect(await restoreDatabase({ from, to, aside })).toMatchObject({ events: 1, erased: 2, replaced: true });
  expect(readdirSync(inFolder("")).toSorted()).toEqual(["b.db", "events.db", "old.db"]);
  expect(readFileSync(to).includes("jane.doe@example.com")).toBe(false);
  const restored = await openSqliteStore({ path: to });
  const repeated = [eventWith("jane_1", { raw }), eventWith("jane_2", { raw }), eventWith("evt_2")];
  expect(await restored.append(repeated)).toEqual(["duplicate", "duplicate", "stored"]);
  expect((await restored.scan({ limit: 10 })).events.map(({ id }) => id)).toEqual(["evt_1", "evt_2"]);
  await restored.close();
  // A second restore applies them again.
  expect(await restoreDatabase({ from, to, aside: inFolder("old2.db") })).toMatchObject({
    events: 1,
    erased: 2,
  });
});

test.each([
  { name: "is damaged", content: "no database ".repeat(1000) },
  { name: "is empty", content: "" },
  { name: "is missing", content: undefined },
])("a database whose tombstones cannot be read because it $name is reported", async ({ content }) => {
  const [to, from] = [inFolder("events.db"), inFolder("b.db")];
  await fill(inFolder("first.db"), ["evt_1"]);
  backUpDatabase({ from: inFolder("first.db"), to: from });
  if (content !== undefined) writeFileSync(to, content);
  expect(await restoreDatabase({ from, to, aside: inFolder("old.db") })).toMatchObject({ erased: null });
  expect(await restoreDatabase({ from, to, aside: inFolder("older.db") })).toMatchObject({ erased: 0 });
});

test("the filters of finished replays are removed where something was erased: they can name the person", async () => {
  const [to, from, aside] = [inFolder("events.db"), inFolder("b.db"), inFolder("old.db")];
  const raw = new TextEncoder().encode('{"a":"jane.doe@example.com"}');
  const store = await openSqliteStore({ path: to });
  await store.append([eventWith("jane_1", { raw }), eventWith("evt_1")]);
  const deliveries = await openSqliteDeliveryStore({ path: to });
  await deliveries.register(["crm"], 0);
  const when = 'person.email == "jane.doe@example.com"';
  const { id } = await deliveries.createReplay({ destinations: ["crm"], kind: "all", rate: 1, when }, 0);
  expect(await deliveries.cancelReplay(id, 0)).toBe(true);
  backUpDatabase({ from: to, to: from });
  const privacy = await openSqlitePrivacyStore({ path: to });
  await privacy.erase({ email: "jane.doe@example.com" }, 7);
  for (const open of [privacy, deliveries, store]) await open.close();
  expect(readFileSync(from).includes("jane.doe@example.com")).toBe(true);
  await restoreDatabase({ from, to, aside });
  expect(readFileSync(to).includes("jane.doe@example.com")).toBe(false);
});
