import { DatabaseSync } from "node:sqlite";
import { arrive, rebuild } from "@sessionhook/conformance/fact-steps";
import { dayMs, monday, visit } from "@sessionhook/conformance/fact-visits";
import { expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "../../sqlite.js";
import { applicationId, migrations, migrationSql } from "../schema.js";

const inFolder = useFolder();

async function open(path: string) {
  return {
    events: await openSqliteStore({ path }),
    deliveries: await openSqliteDeliveryStore({ path }),
    facts: await openSqliteFactStore({ path }),
  };
}

async function close({ events, deliveries, facts }: Awaited<ReturnType<typeof open>>): Promise<void> {
  for (const store of [facts, deliveries, events]) await store.close();
}

test("a database from before the derived tables is incomplete until it is rebuilt", async () => {
  const path = inFolder("events.db");
  const db = new DatabaseSync(path);
  for (const step of migrations.slice(0, 3)) db.exec(migrationSql(step, db));
  db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 3; PRAGMA journal_mode = WAL`);
  const old = visit({ id: "old", sid: "a" });
  db.prepare("INSERT INTO events VALUES (1, 'old', 1, ?, 'accepted', ?, 1, 2, 0, NULL)").run(
    old.type,
    old.receivedAt,
  );
  db.prepare("INSERT INTO received VALUES (1, 'v1,', ?)").run(old.raw);
  db.exec("UPDATE totals SET accepted = 1; INSERT INTO routing (one, position) VALUES (1, 1)");
  db.close();

  const stores = await open(path);
  expect(await stores.facts.status()).toMatchObject({ sessions: 0, incomplete: true });
  await arrive(stores, { id: "new", sid: "b" });
  expect(await stores.facts.status()).toMatchObject({ sessions: 1, incomplete: true });
  await rebuild(stores);
  expect(await stores.facts.status()).toMatchObject({ sessions: 2, incomplete: false, rebuild: null });
  await close(stores);
});

test("a database whose routing began after its first event is incomplete", async () => {
  const path = inFolder("events.db");
  const events = await openSqliteStore({ path });
  const facts = await openSqliteFactStore({ path });
  expect(await facts.status()).toMatchObject({ incomplete: false });
  await events.append([visit({ id: "early", sid: "a" })]);
  expect(await facts.status()).toMatchObject({ incomplete: true });
  await facts.close();
  await events.close();
  const stores = await open(path);
  expect(await stores.facts.status()).toMatchObject({ incomplete: true });
  await rebuild(stores);
  expect(await stores.facts.status()).toMatchObject({ sessions: 1, incomplete: false });
  await close(stores);
});

test("a database that a rebuild has read before its routing began is complete", async () => {
  const path = inFolder("events.db");
  const events = await openSqliteStore({ path });
  const facts = await openSqliteFactStore({ path });
  await events.append([visit({ id: "early", sid: "a" })]);
  await rebuild({ facts });
  expect(await facts.status()).toMatchObject({ sessions: 1, incomplete: false });
  const deliveries = await openSqliteDeliveryStore({ path });
  expect(await facts.status()).toMatchObject({ sessions: 1, incomplete: false });
  await close({ events, deliveries, facts });
});

test("events between a rebuild and the first routing are missing", async () => {
  const path = inFolder("events.db");
  const events = await openSqliteStore({ path });
  const facts = await openSqliteFactStore({ path });
  await events.append([visit({ id: "early", sid: "a" })]);
  await rebuild({ facts });
  await events.append([visit({ id: "later", sid: "b" })]);
  expect(await facts.status()).toMatchObject({ sessions: 1, incomplete: true });
  const deliveries = await openSqliteDeliveryStore({ path });
  expect(await facts.status()).toMatchObject({ sessions: 1, incomplete: true });
  await close({ events, deliveries, facts });
});

test("tables from before descriptions were merged get the columns, and are incomplete until a rebuild", async () => {
  const path = inFolder("events.db");
  const db = new DatabaseSync(path);
  for (const step of migrations.slice(0, 8)) db.exec(migrationSql(step, db));
  db.exec(`DROP VIEW people;
    ALTER TABLE g1_companies DROP COLUMN sources;
    ALTER TABLE g1_people DROP COLUMN sources;
    ALTER TABLE g1_people DROP COLUMN title_company;
    ALTER TABLE g1_people DROP COLUMN employer_name;
    ALTER TABLE g1_people DROP COLUMN employer_domain;
    INSERT INTO derivation (generation, state) VALUES (2, 'building');
    PRAGMA application_id = ${applicationId}; PRAGMA user_version = 8; PRAGMA journal_mode = WAL`);
  const linkedin = "https://www.linkedin.com/in/jane";
  const old = visit({ id: "old", sid: "a", person: { name: "Jane", linkedin } });
  db.prepare("INSERT INTO events VALUES (1, 'old', 1, ?, 'accepted', ?, 1, 2, 0, NULL)").run(
    old.type,
    old.receivedAt,
  );
  db.prepare("INSERT INTO received VALUES (1, 'v1,', ?)").run(old.raw);
  const rank = 2 ** 50 + old.receivedAt - 1000;
  db.exec(`UPDATE totals SET accepted = 1; INSERT INTO routing (one, position) VALUES (1, 1);
    UPDATE derivation SET position = 1, sessions = 1, people = 1 WHERE generation = 1;
    INSERT INTO g1_people (number, key, seq, rank, sessions, name) VALUES (1, 'linkedin:${linkedin}', 1, ${rank}, 1, 'Jane');
    INSERT INTO g1_events (seq, session, rank, person) VALUES (1, 1, ${rank}, 1)`);
  db.close();

  const stores = await open(path);
  expect(await stores.facts.status()).toMatchObject({ incomplete: true, rebuild: null, deleting: true });
  await arrive(stores, { id: "new", sid: "b", person: { linkedin }, madeAt: old.receivedAt + 1000 });
  expect(await stores.facts.person(`linkedin:${linkedin}`)).toMatchObject({ name: "Jane", sessions: 2 });
  await rebuild(stores);
  expect(await stores.facts.status()).toMatchObject({ sessions: 2, people: 1, incomplete: false });
  await close(stores);
});

test("tables from before events referred to sessions are incomplete until a rebuild, if there are such events", async () => {
  for (const refersTo of ["a", undefined]) {
    const path = inFolder(`${refersTo ?? "none"}.db`);
    const before = await open(path);
    await arrive(before, { id: "old", sid: "a" });
    const jane = { name: "Jane Doe", email: "jane@acme.com" };
    const type = "identity.enriched";
    await arrive(before, { id: "e", type, sid: refersTo && null, refersTo, person: jane });
    await close(before);
    const db = new DatabaseSync(path);
    db.exec(`DROP TABLE g1_references; PRAGMA user_version = 9;
      UPDATE g1_sessions SET person = NULL, person_name = NULL WHERE id = 'a'`);
    db.close();

    const stores = await open(path);
    expect(await stores.facts.status()).toMatchObject({ incomplete: refersTo !== undefined });
    expect(await stores.facts.session("a")).toMatchObject({ person: null });
    await rebuild(stores);
    expect(await stores.facts.session("a")).toMatchObject({
      personName: refersTo === undefined ? null : "Jane Doe",
    });
    await close(stores);
  }
});

test("the sums of visits get those of eight days, which agree with those that are written from then on", async () => {
  const jane = { name: "Jane Doe", email: "jane@acme.com" };
  const visits = Array.from({ length: 20 }, (_, index) => ({
    id: `e${index}`,
    sid: `s${index}`,
    startedAt: monday + index * dayMs,
    madeAt: monday + 30 * dayMs,
    ...(index % 3 === 0 && { person: jane }),
  }));
  const sums = "SELECT * FROM g1_visits";
  const read = (path: string, sql = "") => {
    const db = new DatabaseSync(path);
    db.exec(sql);
    const rows = db.prepare(sums).all();
    db.close();
    return rows;
  };
  const [upgraded, written] = [inFolder("upgraded.db"), inFolder("written.db")];
  for (const path of [upgraded, written]) {
    const stores = await open(path);
    await arrive(stores, ...visits.slice(0, 10));
    await close(stores);
    if (path === upgraded) read(path, "DELETE FROM g1_visits WHERE span = 8; PRAGMA user_version = 10");
    const again = await open(path);
    await arrive(again, ...visits.slice(10));
    await close(again);
  }
  expect(read(upgraded)).toEqual(read(written));
  expect(read(upgraded).filter(({ span }) => span === 8).length).toBeGreaterThan(10);
});

test("a rebuild leaves nothing of the old tables, and the views show the new ones", async () => {
  const path = inFolder("events.db");
  const stores = await open(path);
  await arrive(stores, { id: "e1", sid: "a" }, { id: "e2", sid: "b" });
  await rebuild(stores);
  await rebuild(stores, 1);
  await arrive(stores, { id: "e3", sid: "c" });
  await close(stores);
  const db = new DatabaseSync(path);
  const names = db.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'g[0-9]*'").all();
  expect(new Set(names.map(({ name }) => String(name).split("_")[0]))).toEqual(new Set(["g3"]));
  expect(
    db
      .prepare("SELECT id FROM sessions ORDER BY id")
      .all()
      .map(({ id }) => id),
  ).toEqual(["a", "b", "c"]);
  expect(db.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
  db.close();
});
