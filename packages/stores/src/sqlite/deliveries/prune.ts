import type { Derive, PruneQuery, PruneResult } from "@sessionhook/core";
import { deleteOldTables } from "../facts/rebuild.js";
import type { Counted } from "./counters.js";
import { deleteCancelled } from "./delete-waiting.js";
import { pruneEvents } from "./prune-events.js";
import type { DeliverySession } from "./session.js";

interface Finished {
  readonly number: number;
  readonly seq: number;
  readonly destination: number;
  readonly state: Counted;
}

/** Deletes a batch of everything that the query names, one kind after the other. */
export function prune(
  session: DeliverySession,
  query: PruneQuery & { readonly derive: Derive },
  place: { from: number },
): PruneResult {
  const { historyBefore, eventsBefore, tombstonesBefore, now, limit, derive } = query;
  const history = historyBefore === undefined ? 0 : pruneHistory(session, historyBefore, limit);
  const events =
    eventsBefore === undefined
      ? 0
      : pruneEvents(session, { before: eventsBefore, now, limit, derive }, place);
  const tombstones =
    tombstonesBefore === undefined
      ? 0
      : session.transaction(() => session.run(tombstonesSql, tombstonesBefore, limit));
  session.transaction(() => session.run(cooldownsSql, now, limit));
  deleteCancelled(session, now);
  return { history, events, tombstones, oldTables: deleteOldTables(session), unexamined: place.from > 0 };
}

function pruneHistory(session: DeliverySession, before: number, limit: number): number {
  return session.transaction((counters) => {
    const rows = session.all<Finished>(oldHistorySql, before, limit);
    for (const { number, seq, destination, state } of rows) {
      session.run("DELETE FROM history WHERE number = ?", number);
      session.run("DELETE FROM attempts WHERE delivery = ?", number);
      session.run(formerSql, destination, seq);
      counters.addToDestination(destination, state, -1);
    }
    session.run(replaysSql, before, limit);
    return rows.length;
  });
}

export const oldHistorySql = `SELECT number, seq, destination, state FROM history INDEXED BY history_by_end
  WHERE finished_at < ? ORDER BY finished_at LIMIT ?`;
/** While the event is there, it must not seem to lack this delivery. */
const formerSql = `INSERT OR IGNORE INTO former (seq, destination) SELECT seq, ? FROM events WHERE seq = ?`;
const replaysSql = `DELETE FROM replays WHERE number IN (
  SELECT number FROM replays WHERE state <> 'running' AND open = 0 AND finished_at < ? LIMIT ?)`;
/** Those of erased events stay. */
export const tombstonesSql = `DELETE FROM tombstones WHERE id IN (
  SELECT id FROM tombstones INDEXED BY tombstones_by_age WHERE reason IS NULL AND left_at < ? LIMIT ?)`;
/** Those of a replay count until it has read everything, since it reads old events. */
export const cooldownsSql = `DELETE FROM cooldowns WHERE (destination, replay, key) IN (
  SELECT destination, replay, key FROM cooldowns INDEXED BY cooldowns_by_end
  WHERE until < ? AND replay NOT IN (SELECT number FROM replays WHERE state = 'running') LIMIT ?)`;
