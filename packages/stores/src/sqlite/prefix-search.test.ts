import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { EventPage, EventStatus, ListQuery } from "@sessionhook/core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBoth } from "../../test/open-both.js";
import { listEvents } from "../sql/list-events.js";
import type { SqliteEventLog } from "./store.js";

const rows = 30_000;
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const letter = (value: number): string => letters[value % 32] ?? "";
/** Returns reproducible random letters. */
const scrambled = (value: number): string =>
  [1, 2, 3, 4].map((factor) => letter(Math.imul(value + factor, 0x9e3779b1) >>> 13)).join("");

/** Kinds of ids, as functions of the event's number in order of arrival. */
const forms: Record<string, (number: number) => string> = {
  "that begin with the time": (number) => `evt_01M${time(number)}${scrambled(number)}`,
  "that begin with the time, one in fifty late": (number) =>
    `evt_01M${time(number % 50 === 7 ? Math.floor(number / 2) : number)}${scrambled(number)}${number}`,
  "without any order": (number) => `evt_${scrambled(number)}${scrambled(number >> 2)}${number}`,
  "that count": (number) => `${number}`,
};

/** Returns four letters; the second changes every 1024 events. */
function time(number: number): string {
  return [15, 10, 5, 0].map((bits) => letter(number >> bits)).join("");
}

describe.each(Object.entries(forms))(`searching among ${rows} ids %s`, (_, idOf) => {
  let folder = "";
  let reader: DatabaseSync;
  let store: SqliteEventLog;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sessionhook-search-"));
    const { db, store: opened } = openBoth(join(folder, "events.db"));
    store = opened;
    const insert = db.prepare(
      `INSERT INTO events (id, version, type, status, received_at, attempt_timestamp, size)
        VALUES (?, 1, ?, ?, 1, 1, 1)`,
    );
    db.exec("BEGIN");
    for (let number = 1; number <= rows; number++)
      insert.run(
        idOf(number),
        number % 3000 === 5 ? "rare" : "usual",
        number < rows / 4 ? "quarantined" : "accepted",
      );
    db.exec("COMMIT");
    reader = new DatabaseSync(join(folder, "events.db"), { readOnly: true });
  });
  afterAll(async () => {
    reader.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });

  /** Finds the same rows by reading everything. */
  function expected({ q = "", status, type, limit }: ListQuery, before: number): string[] {
    const sql = `SELECT id FROM events WHERE substr(id, 1, ?1) = ?2 AND seq < ?3
      AND (?4 IS NULL OR status = ?4) AND (?5 IS NULL OR type = ?5) ORDER BY seq DESC LIMIT ?6`;
    const found = reader.prepare(sql).all(q.length, q, before, status ?? null, type ?? null, limit);
    return found.map(({ id }) => String(id));
  }

  /** Searches without the index of id heads, like the D1 store. */
  function listWithoutHeads(query: ListQuery): EventPage {
    const steps = listEvents(query, { heads: false });
    let step = steps.next();
    while (step.done !== true) step = steps.next(reader.prepare(step.value.sql).all(step.value.parameters));
    return step.value;
  }

  test("finds the same rows as reading everything, in the same order, with and without the index of id heads", async () => {
    const query = fc.record({
      of: fc.integer({ min: 1, max: rows }),
      length: fc.integer({ min: 1, max: 12 }),
      before: fc.option(fc.integer({ min: 1, max: rows + 1 })),
      status: fc.constantFrom<(EventStatus | undefined)[]>(undefined, undefined, "accepted", "quarantined"),
      type: fc.constantFrom(undefined, undefined, "usual", "rare"),
      limit: fc.constantFrom(1, 50, 500),
    });
    await fc.assert(
      fc.asyncProperty(query, async ({ of, length, before, ...rest }) => {
        const asked = { ...rest, q: idOf(of).slice(0, length) };
        const cursor = before === null ? undefined : `events-before-${before}`;
        for (const { events } of [
          await store.list({ ...asked, cursor }),
          listWithoutHeads({ ...asked, cursor }),
        ])
          expect(events.map(({ id }) => id)).toEqual(expected(asked, before ?? rows + 1));
      }),
      { numRuns: 150 },
    );
  });
});
