import type { DestinationState } from "@sessionhook/core";
import { deliveryNumber } from "../../deliveries/names.js";
import { heldUntil, wholeMs } from "../../deliveries/rules.js";
import type { Counted } from "./counters.js";
import type { DeliverySession } from "./session.js";

interface Finished {
  readonly destination: number;
  readonly replay: number;
  readonly state: Counted;
}

/** Makes a delivery due now, with a full retry schedule. */
export function requeue(session: DeliverySession, id: string, now: number): boolean {
  const number = deliveryNumber(id);
  if (number === undefined) return false;
  return session.transaction((counters) => {
    const at = wholeMs(now);
    const open = session.get<{ destination: number }>(
      "SELECT destination FROM deliveries WHERE number = ?",
      number,
    );
    if (open !== undefined) {
      session.run(againSql, at, at, heldMs(session, open.destination, now), number);
      return true;
    }
    const finished = session.get<Finished>(finishedSql, number);
    if (finished === undefined) return false;
    session.run(reopenSql, at, at, heldMs(session, finished.destination, now), number);
    session.run("DELETE FROM history WHERE number = ?", number);
    counters.add(finished, finished.state, -1);
    counters.add(finished, "open");
    return true;
  });
}

function heldMs(session: DeliverySession, destination: number, now: number): number {
  const row = session.get<{ state: string }>("SELECT state FROM destinations WHERE key = ?", destination);
  return row === undefined ? 0 : wholeMs(heldUntil(JSON.parse(row.state) as DestinationState, now));
}

/** A delivery that is requeued after its replay was cancelled no longer belongs to it. */
const classSql = `CASE
  WHEN replay > 0 AND replay NOT IN (SELECT r.number FROM replays AS r WHERE r.state = 'cancelled') THEN 2
  WHEN attempts > 0 THEN 1 ELSE 0 END`;
const againSql = `UPDATE deliveries
  SET due_at = ?, since = ?, held_ms = ?, used = 0, owner = NULL, class = ${classSql} WHERE number = ?`;
const finishedSql = `SELECT h.destination, h.replay, h.state FROM history AS h JOIN events AS e ON e.seq = h.seq
  WHERE h.number = ?`;
const reopenSql = `INSERT INTO deliveries
  (number, seq, destination, replay, class, due_at, attempts, used, created_at, since, held_ms, reason)
  SELECT number, seq, destination, replay, ${classSql}, ?, attempts, 0, created_at, ?, ?, reason
  FROM history WHERE number = ?`;
