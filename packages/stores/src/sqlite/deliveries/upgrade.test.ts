import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { eventWith, useFolder } from "../../../test/folder.js";
import { openSqliteDeliveryStore, openSqliteStore } from "../../sqlite.js";
import { applicationId, migrations, migrationSql } from "../schema.js";

const inFolder = useFolder();

test("a database of the version before gets deliveries, and routes only what arrives from then on", async () => {
  const path = inFolder("events.db");
  const db = new DatabaseSync(path);
  for (const step of migrations.slice(0, 2)) db.exec(migrationSql(step, db));
  db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 2; PRAGMA journal_mode = WAL`);
  db.exec(`INSERT INTO events (id, version, type, status, received_at, attempt_timestamp, size)
      VALUES ('old', 1, 't', 'quarantined', 1, 1, 2);
    INSERT INTO received VALUES (1, 'v1,', x'7b7d');
    UPDATE totals SET quarantined = 1`);
  db.close();

  const store = await openSqliteStore({ path });
  await store.append([eventWith("older than the first delivery store")]);
  // No event is routed yet, so none has to be routed again.
  await store.reclassify("old", { type: "t", status: "accepted", issues: [], total: 0, exact: true });
  const deliveries = await openSqliteDeliveryStore({ path });
  expect(await deliveries.lag()).toBe(0);
  await deliveries.register(["crm"], 1);
  await store.append([eventWith("new")]);
  const { events, token } = await deliveries.unrouted(10);
  expect(events.map(({ id }) => id)).toEqual(["new"]);
  const waiting = { destination: "crm", state: "waiting", reason: null, dueAt: 1, heldMs: 0 } as const;
  const decisions = [{ eventId: "new", facts: {}, deliveries: [waiting] }];
  expect(await deliveries.plan(token, decisions, 1)).toBe(true);
  await deliveries.close();
  await store.close();
});

test("a replay of an earlier version ends with the log, a new one where the router is", async () => {
  const path = inFolder("events.db");
  const db = new DatabaseSync(path);
  for (const step of migrations.slice(0, 6)) db.exec(migrationSql(step, db));
  db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = 6; PRAGMA journal_mode = WAL`);
  db.exec(`INSERT INTO routing (one, position, replays) VALUES (1, 0, 1);
    INSERT INTO replays (number, spec, state, created_at, position, matched)
      VALUES (1, '{"destinations":["crm"],"kind":"all","rate":1}', 'running', 1, 'after-7', 3)`);
  db.close();

  const deliveries = await openSqliteDeliveryStore({ path });
  const running = { state: "running", position: "after-7", end: null, matched: 3 };
  expect(await deliveries.replay("rpl_1")).toMatchObject(running);
  const spec = { destinations: ["crm"], kind: "all", rate: 1 } as const;
  expect((await deliveries.createReplay(spec, 1)).end).toBe("after-0");
  await deliveries.close();
});
