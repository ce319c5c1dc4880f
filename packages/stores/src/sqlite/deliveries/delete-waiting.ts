import type { DeliverySession } from "./session.js";

/** Waiting deliveries of a cancelled replay that one transaction deletes. */
const deletedAtOnce = 5000;

/**
 * Deletes the waiting deliveries that cancelled replays have left: a process can be killed while it cancels one, and while it sends for one that
 * is cancelled meanwhile.
 */
export function deleteCancelled(session: DeliverySession, now: number): void {
  for (const { number } of session.all<{ number: number }>(leftSql, now)) deleteWaiting(session, number, now);
}

/** Deletes the deliveries of a replay that no process is sending and that were not requeued, in short transactions. */
export function deleteWaiting(session: DeliverySession, replay: number, now: number): void {
  while (deleteSome(session, replay, now) === deletedAtOnce);
}

function deleteSome(session: DeliverySession, replay: number, now: number): number {
  return session.transaction((counters) => {
    const rows = session.all<{ destination: number }>(deleteSql, replay, now, deletedAtOnce);
    for (const { destination } of rows) counters.add({ destination, replay }, "open", -1);
    return rows.length;
  });
}

const waiting = "d.replay > 0 AND d.class = 2 AND (d.owner IS NULL OR d.due_at <= ?)";
export const deleteSql = `DELETE FROM deliveries WHERE number IN (
    SELECT d.number FROM deliveries AS d INDEXED BY deliveries_by_replay
    WHERE d.replay = ? AND ${waiting} LIMIT ?)
  RETURNING destination`;
export const leftSql = `SELECT r.number FROM replays AS r WHERE r.state = 'cancelled' AND r.open > 0
  AND EXISTS (SELECT 1 FROM deliveries AS d INDEXED BY deliveries_by_replay
    WHERE d.replay = r.number AND ${waiting})`;
