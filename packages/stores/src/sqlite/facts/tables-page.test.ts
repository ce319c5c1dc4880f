import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { arrive } from "@sessionhook/conformance/fact-steps";
import { expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openStores } from "../../../test/open-stores.js";

const inFolder = useFolder();
const page = readFileSync(fileURLToPath(new URL("../../../../../docs/tables.md", import.meta.url)), "utf8");
const day = 86_400_000;

/** Runs a query with the sqlite3 of the system, which may be an old one; without it, with this runtime. */
function query(path: string, sql: string): unknown[] {
  const there = spawnSync("sqlite3", ["-version"]).status === 0;
  if (!there)
    return new DatabaseSync(path, { readOnly: true })
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  const text = execFileSync("sqlite3", ["-readonly", "-json", path, sql], { encoding: "utf8" });
  return text === "" ? [] : (JSON.parse(text) as unknown[]);
}

async function fill(path: string): Promise<void> {
  const stores = await openStores(path);
  const now = Date.now();
  const jane = { name: "Jane", email: "jane@gmail.com" };
  const acme = { name: "Acme", domain: "acme.com", employees: 12 };
  const visit = (id: string, startedAt: number) => ({ id, sid: id, startedAt, receivedAt: now });
  await arrive(
    stores,
    {
      ...visit("a", now - 20 * day),
      person: jane,
      company: { name: "Old", domain: "old.com" },
      source: "bot",
      botScore: 1,
    },
    { ...visit("b", now - 10 * day), person: jane, source: "google", campaign: "spring" },
    {
      ...visit("c", now - 2 * day),
      person: jane,
      company: acme,
      source: "mail",
      paths: ["/", "/pricing"],
      seconds: 30,
    },
    {
      ...visit("d", now - day),
      person: { name: "Bob", email: "bob@gmail.com" },
      company: acme,
      source: "mail",
      campaign: "may",
    },
    { ...visit("e", now - day), source: "nobody" },
  );
  for (const store of [stores.facts, stores.deliveries, stores.events]) await store.close();
}

test("docs/tables.md has the columns of every view", async () => {
  const path = inFolder("events.db");
  await fill(path);
  const db = new DatabaseSync(path);
  const views = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").all();
  expect(views.map(({ name }) => name)).toEqual(["companies", "page_views", "people", "sessions", "touches"]);
  for (const { name } of views) {
    const [, section = ""] = page.split(`### ${name}\n`);
    const documented = [...(section.split("#")[0] ?? "").matchAll(/^\| `(\w+)` +\| (\w+)/gm)].map(
      (row) => row[1],
    );
    const columns = db
      .prepare(`PRAGMA table_info(${name})`)
      .all()
      .map((column) => column["name"]);
    expect(documented, String(name)).toEqual(columns);
  }
  db.close();
});

test("the queries of docs/tables.md answer their questions", async () => {
  const path = inFolder("events.db");
  await fill(path);
  const [first, last, journey, fresh, ...others] = [...page.matchAll(/^```sql\n(.*?)^```/gms)].map((found) =>
    query(path, found[1] ?? ""),
  );
  expect(others).toEqual([]);
  expect(first).toEqual([
    { source: "google", people: 1 },
    { source: "mail", people: 1 },
  ]);
  expect(last).toEqual([
    { campaign: null, people: 1 },
    { campaign: "may", people: 1 },
  ]);
  expect(journey).toMatchObject([
    { visitor: "Jane", source: "mail", path: "/", seconds: 1 },
    { visitor: "Jane", source: "mail", path: "/pricing", seconds: 29 },
    { visitor: "Bob", path: "/" },
  ]);
  expect(fresh).toMatchObject([
    { name: "Acme", domain: "acme.com", employee_count: 12, first_source: "mail" },
  ]);
});
