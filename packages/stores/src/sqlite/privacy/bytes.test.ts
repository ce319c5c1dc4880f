import { spawnSync } from "node:child_process";
import { DatabaseSync } from "node:sqlite";
import { personEvent } from "@sessionhook/conformance/person-event";
import type { NewEvent } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import { expect, test } from "vitest";
import { startChild } from "../../../test/child.js";
import { eventWith, useFolder } from "../../../test/folder.js";
import { openSqliteDeliveryStore, openSqliteFactStore, openSqliteStore } from "../../sqlite.js";
import { openSqlitePrivacyStore } from "../../sqlite-privacy.js";

const inFolder = useFolder();
const email = "jane.doe@example.com";
const now = 1_771_000_900_000;
const secret = "Zq7-only-in-the-events-of-jane";

function visit(id: string, fields: { email?: string; vid?: string }, filler = 0): NewEvent {
  const isJane = fields.email === email;
  const data = {
    session: { vid: fields.vid, landingTitle: isJane ? secret : "" },
    enrichment: {
      person: { email: fields.email, summary: `${secret} `.repeat(isJane ? filler : 0) },
    },
    filler: "x".repeat(filler),
  };
  return eventWith(id, { raw: new TextEncoder().encode(JSON.stringify({ id, data })) });
}

/** Returns how often the texts occur in the files of a database. Another process reads them: see file.ts. */
function occurrences(path: string, texts: readonly string[] = [email, secret]): number {
  const script = `const fs = require("node:fs"); const [path, ...texts] = process.argv.slice(1); let found = 0;
    for (const file of [path, path + "-wal", path + "-shm"].filter(fs.existsSync)) {
      const bytes = fs.readFileSync(file);
      for (const text of texts) for (let at = -1; (at = bytes.indexOf(text, at + 1)) >= 0;) found++;
    }
    console.log(found);`;
  const { stdout, stderr } = spawnSync("node", ["-e", script, path, ...texts], { encoding: "utf8" });
  expect(stderr).toBe("");
  return Number(stdout);
}

/** Opens the connections of an app. */
async function openAll(path: string) {
  const outages: (string | undefined)[] = [];
  const onOutage = (reason: string | undefined) => void outages.push(reason);
  const [events, deliveries, privacy] = [
    await openSqliteStore({ path, onOutage, busyTimeoutMs: 20_000 }),
    await openSqliteDeliveryStore({ path, onOutage }),
    await openSqlitePrivacyStore({ path, onOutage }),
  ];
  const close = async () => {
    for (const each of [privacy, deliveries, events]) await each.close();
  };
  return { events, deliveries, privacy, outages, close };
}

async function routeAll({ deliveries }: Awaited<ReturnType<typeof openAll>>): Promise<void> {
  await deliveries.register(["crm"], 1);
  for (;;) {
    const { events, token } = await deliveries.unrouted(100);
    if (events.length === 0) return;
    const decisions = events.map(({ id, raw }) => {
      const { data } = JSON.parse(new TextDecoder().decode(raw)) as {
        data: { session: { vid: string }; enrichment: { person: { email?: string } } };
      };
      const facts = {
        sessionVisitorId: data.session.vid,
        personEmails: [data.enrichment.person.email ?? ""],
      };
      const cooldown = { key: `person:${data.enrichment.person.email ?? id}`, ms: 1000 };
      const planned = {
        destination: "crm",
        state: "waiting",
        reason: null,
        dueAt: 1,
        heldMs: 0,
        cooldown,
      } as const;
      return { eventId: id, facts, deliveries: [planned] };
    });
    await deliveries.plan(token, decisions, 1);
  }
}

test("no file has the bytes of erased events, nor of those that retention deleted before; the app continues", async () => {
  const path = inFolder("events.db");
  const all = await openAll(path);
  for (let i = 0; i < 30; i++) {
    const jane = visit(`jane_${i}`, { email, vid: `v${i % 3}` }, i * 300);
    await all.events.append([
      jane,
      visit(`other_${i}`, { email: `x${i}@example.org`, vid: "w" }),
      visit(`of_${i}`, { vid: `v${i % 3}` }, 50),
    ]);
    if (i === 9) {
      await routeAll(all);
      // Retention deletes some without overwriting them.
      const claimed = await all.deliveries.claim({
        destination: "crm",
        class: "new",
        limit: 6,
        leaseMs: 1,
        owner: "a",
        now: 2,
      });
      const record = { number: 1, startedAt: 1, durationMs: 1, outcome: "delivered", reason: null } as const;
      await all.deliveries.settle(
        claimed.map(({ id }) => ({
          id,
          attempt: 1,
          owner: "a",
          at: 2,
          record,
          next: { state: "delivered" } as const,
        })),
      );
      const pruned = await all.deliveries.prune({ historyBefore: now, eventsBefore: now * 2, now, limit: 6 });
      expect(pruned.events).toBeGreaterThan(2);
    }
  }
  await routeAll(all);
  expect(occurrences(path)).toBeGreaterThan(100);
  const report = await all.privacy.erase({ email }, now);
  expect(report.events).toBeGreaterThan(50);
  expect(occurrences(path)).toBe(0);
  expect(occurrences(path, ["x29@example.org"])).toBeGreaterThan(0);
  expect(await all.events.append([visit("jane_29", { email }), visit("new", {})])).toEqual([
    "duplicate",
    "stored",
  ]);
  await all.deliveries.unrouted(1);
  expect((await all.privacy.find({ email })).events).toBe(0);
  await new Promise((resolve) => void setTimeout(resolve, 2500));
  expect(await all.events.append([visit("newer", {})])).toEqual(["stored"]);
  expect(all.outages).toEqual([]);
  await all.close();
  expect(occurrences(path)).toBe(0);
});

test("no file has the words of a search, from before a rebuild and from events that retention deleted either", async () => {
  const path = inFolder("events.db");
  const all = await openAll(path);
  const facts = await openSqliteFactStore({ path });
  const person = (name: string, i: number) => {
    // A tombstone has the id.
    const id = `evt_${name.slice(0, 1)}_${i}`;
    const raw = personEvent({
      id,
      vid: `vis_${name}`,
      sid: `ses_${name}_${i}`,
      email: `${name}@example.com`,
    });
    return eventWith(id, { raw: new TextEncoder().encode(raw), receivedAt: i });
  };
  for (let i = 0; i < 40; i++) await all.events.append([person("qwertyjane", i), person("johnasdfgh", i)]);
  for (;;) {
    const { events, token } = await all.deliveries.unrouted(100);
    if (events.length === 0) break;
    const decisions = events.map((event) => ({
      eventId: event.id,
      facts: { sessionVisitorId: event.id.startsWith("evt_q") ? "vis_qwertyjane" : "vis_johnasdfgh" },
      records: recordsOfStored(event),
      deliveries: [],
    }));
    await all.deliveries.plan(token, decisions, 1);
  }
  while (await all.deliveries.deriveRouted(100));
  const texts = ["qwertyjane", "wertyjane"];
  expect((await all.deliveries.prune({ eventsBefore: 10, now, limit: 100 })).events).toBe(20);
  await facts.startRebuild(now);
  while ((await facts.status()).rebuild !== null) await facts.rebuildStep(7, recordsOfStored);
  expect(occurrences(path, texts)).toBeGreaterThan(0);
  const report = await all.privacy.erase({ visitorId: "vis_qwertyjane" }, now);
  expect(report).toMatchObject({ events: 30, sessions: 30, people: 1 });
  expect(occurrences(path, texts)).toBe(0);
  expect((await facts.sessions({ q: "johnasdfgh", limit: 100 })).rows).toHaveLength(30);
  expect(await facts.status()).toMatchObject({ sessions: 30, people: 1 });
  await facts.close();
  await all.close();
});

test("processes that read and write meanwhile notice nothing", async () => {
  const path = inFolder("events.db");
  const all = await openAll(path);
  await all.events.append(Array.from({ length: 200 }, (_, i) => visit(`jane_${i}`, { email }, 2000)));
  const writer = startChild("./append-for-ever.ts", path, "a");
  await new Promise((resolve) => writer.lines.once("line", resolve));
  const other = startChild("./erase-jane.ts", path, email);
  const lines: string[] = [];
  other.lines.on("line", (line) => void lines.push(line));
  const failures: unknown[] = [];
  while (!lines.includes("done") && other.process.exitCode === null) {
    const failed = (error: unknown) => void failures.push(error);
    await all.events.append([visit(`new_${failures.length}`, {})]).catch(failed);
    await all.deliveries.lag().catch(failed);
    await new Promise((resolve) => void setTimeout(resolve, 5));
  }
  expect(lines).toEqual(["begins", "done"]);
  let last = "";
  writer.lines.on("line", (line) => (last = line));
  await new Promise((resolve) => void setTimeout(resolve, 1500));
  await writer.kill();
  expect(Number(last)).toBeGreaterThan(0);
  expect(all.outages).toEqual([]);
  expect(failures).toEqual([]);
  expect(occurrences(path)).toBe(0);
  await all.close();
});

test("an erasure that is killed at any moment is completed by the next one", async () => {
  const path = inFolder("events.db");
  const store = await openSqliteStore({ path });
  const visitors = Array.from({ length: 400 }, (_, i) => visit(`of_${i}`, { vid: `v${i % 20}` }, 500));
  const named = Array.from({ length: 20 }, (_, i) => visit(`jane_${i}`, { email, vid: `v${i}` }, 500));
  await store.append([...visitors, ...named, visit("other", { vid: "w" })]);
  await store.close();
  let killed = 0;
  // Closer together at the beginning, so that a slow machine takes few more rounds.
  for (let delay = 0; ; delay += 15 + delay / 10) {
    const child = startChild("./erase-jane.ts", path, email);
    const lines: string[] = [];
    child.lines.on("line", (line) => void lines.push(line));
    await new Promise((resolve) => child.lines.once("line", resolve));
    const ended = new Promise((resolve) => void child.lines.once("close", resolve));
    await Promise.race([ended, new Promise((resolve) => void setTimeout(resolve, delay))]);
    await child.kill();
    if (lines.includes("done")) break;
    killed++;
  }
  expect(killed).toBeGreaterThan(3);
  expect(occurrences(path)).toBe(0);
  const db = new DatabaseSync(path, { readOnly: true });
  expect(db.prepare("SELECT id FROM events").all()).toMatchObject([{ id: "other" }]);
  expect(db.prepare("SELECT count(*) AS n FROM tombstones WHERE reason = 'erased'").get()).toMatchObject({
    n: 420,
  });
  expect(db.prepare("SELECT accepted FROM totals").get()).toMatchObject({ accepted: 1 });
  expect(db.prepare("PRAGMA integrity_check").get()).toMatchObject({ integrity_check: "ok" });
  db.close();
});

test("an erasure is not reported as done while a connection reads the log with the bytes", async () => {
  const path = inFolder("events.db");
  const all = await openAll(path);
  await all.events.append([visit("jane", { email }), visit("other", {})]);
  const reader = new DatabaseSync(path, { readOnly: true });
  reader.exec("BEGIN; SELECT count(*) FROM events");
  await expect(all.privacy.erase({ email }, now)).rejects.toThrow(
    "another connection is reading the write-ahead log",
  );
  reader.exec("COMMIT");
  reader.close();
  expect(await all.privacy.erase({ email }, now)).toMatchObject({ events: 0 });
  expect(occurrences(path)).toBe(0);
  await all.close();
}, 60_000);
