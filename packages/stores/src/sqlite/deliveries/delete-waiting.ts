import type { DeliverySession } from "./session.js";

/** Waiting deliveries of a cancelled replay that one transaction deletes. */
const deletedAtOnce = 5000;

/** Deletes the deliveries of a replay that no process is sending, in short transactions. */
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

export const deleteSql = `DELETE FROM deliveries WHERE number IN (
    SELECT number FROM deliveries INDEXED BY deliveries_by_replay
    WHERE replay = ? AND replay > 0 AND (owner IS NULL OR due_at <= ?) LIMIT ?)
  RETURNING destination`;
