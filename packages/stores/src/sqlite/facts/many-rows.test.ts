import { DatabaseSync } from "node:sqlite";
import { allSessions } from "@sessionhook/conformance/fact-steps";
import type { FactStore, SessionFilter } from "@sessionhook/core";
import { expect, test } from "vitest";
import { useFolder } from "../../../test/folder.js";
import { openSqliteDeliveryStore, openSqliteFactStore } from "../../sqlite.js";

const inFolder = useFolder();
const rows = 50_000;

/** Opens a store with one session for each second; one in 10,000 is of the campaign "rare" and of Zoe. */
async function open(): Promise<FactStore> {
  const path = inFolder("events.db");
  await (await openSqliteDeliveryStore({ path })).close();
  const db = new DatabaseSync(path);
  db.exec(`BEGIN;
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
    INSERT INTO events SELECT i, 'e' || i, 1, 't', 'accepted', 1, 1, 1, 0, NULL FROM n;
    INSERT INTO g1_sessions (number, id, seq, rank, started_at, bot, page_count, corporate_proxy, source, medium, visitor_id, words)
      SELECT seq, 'ses_' || seq, seq, 1, seq * 1000, 0, 1, 0, 'google',
        iif(seq % 10000 = 5, 'rare', 'cpc'), 'vis_' || seq, iif(seq % 10000 = 5, ' jane zoe', ' jane') FROM events;
    INSERT INTO g1_events (seq, session, rank) SELECT seq, seq, 1 FROM events;
    INSERT INTO g1_sessions_words SELECT 'jane', number FROM g1_sessions;
    INSERT INTO g1_sessions_words SELECT 'zoe', number FROM g1_sessions WHERE words LIKE '% zoe';
    COMMIT`);
  db.close();
  return openSqliteFactStore({ path });
}

test("a page ends after a number of examined rows, and the next one continues there", async () => {
  const facts = await open();
  const filter: SessionFilter = { source: "google", medium: "rare", bots: "without" };
  const pages: (readonly [ids: readonly string[], examinedTo: number | null])[] = [];
  for (let cursor: string | undefined | null; cursor !== null;) {
    const { rows, examinedTo, nextCursor } = await facts.sessions({ ...filter, limit: 50, cursor });
    pages.push([rows.map(({ id }) => id), examinedTo]);
    cursor = nextCursor;
  }
  expect(pages).toEqual([
    [["ses_40005"], 38_000_000],
    [["ses_30005"], 26_000_000],
    [["ses_20005"], 14_000_000],
    [["ses_10005"], 2_000_000],
    [["ses_5"], null],
  ]);
  const one = await facts.sessions({ ...filter, medium: "cpc", limit: 1 });
  expect(one).toMatchObject({ rows: [{ id: "ses_50000" }], examinedTo: null });
  await facts.close();
});

test("a search finds every row, whether it has few candidates or many", async () => {
  const facts = await open();
  const found = async (filter: SessionFilter) => (await allSessions(facts, filter, 500)).map(({ id }) => id);
  const rare = ["ses_40005", "ses_30005", "ses_20005", "ses_10005", "ses_5"];
  expect(await found({ q: "zoe" })).toEqual(rare);
  expect(await found({ q: "jane z" })).toEqual(rare);
  expect(await found({ q: "jane", medium: "rare" })).toEqual(rare);
  expect(await found({ q: "ses_", medium: "rare" })).toEqual(rare);
  expect(await found({ q: "vis_3000", from: 30_004_500 })).toEqual([
    "ses_30009",
    "ses_30008",
    "ses_30007",
    "ses_30006",
    "ses_30005",
  ]);
  expect(await found({ q: "e1000", to: 10_006_000 })).toEqual([
    "ses_10005",
    "ses_10004",
    "ses_10003",
    "ses_10002",
    "ses_10001",
    "ses_10000",
    "ses_1000",
  ]);
  expect((await facts.sessions({ q: "jane", limit: 2 })).rows.map(({ id }) => id)).toEqual([
    "ses_50000",
    "ses_49999",
  ]);
  await facts.close();
});
