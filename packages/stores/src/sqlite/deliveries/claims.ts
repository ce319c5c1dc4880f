import type { ClaimedDelivery, ClaimQuery, DeliveryClass, Facts } from "@sessionhook/core";
import { limited, maxClaim, maxClaimBytes, wholeMs } from "../../deliveries/rules.js";
import { rowsWithin } from "../../page.js";
import { eventOf, type SummaryRow, summaryColumns } from "../../sql/rows.js";
import { boundLimit } from "../bound-limit.js";
import { deleteCancelled } from "./delete-waiting.js";
import { deliveryOf, type DeliveryRow, openColumns, openJoins } from "./rows.js";
import type { RecentEvent } from "./recent-events.js";
import type { DeliverySession } from "./session.js";

const classes: readonly DeliveryClass[] = ["new", "retry", "replay"];

interface ClaimedRow extends DeliveryRow, SummaryRow {
  readonly issues: string | null;
  readonly used: number;
  readonly since: number;
  readonly held_ms: number;
}

interface BodyRow {
  readonly seq: number;
  readonly raw: Uint8Array;
  readonly signature: string;
  readonly facts: string | null;
}

export function claim(session: DeliverySession, query: ClaimQuery): ClaimedDelivery[] {
  const { destination, owner, now, leaseMs } = query;
  const limit = limited(query.limit, maxClaim);
  const key = session.get<{ key: number }>("SELECT key FROM destinations WHERE name = ?", destination)?.key;
  if (key === undefined) return [];
  const due = [key, classes.indexOf(query.class), now] as const;
  if (query.class === "replay") deleteCancelled(session, now);
  const sql = query.class === "replay" ? dueReplaysSql : dueSql;
  // Looking for work takes no write lock.
  if (session.get(sql, ...due, 1) === undefined) return [];
  return session.transaction(() => {
    const found = session.all<{ number: number; size: number }>(sql, ...due, limit);
    const fitting = rowsWithin(
      found.map(({ size }) => size),
      maxClaimBytes,
    );
    const numbers = found.slice(0, fitting).map(({ number }) => number);
    if (numbers.length === 0) return [];
    const list = JSON.stringify(numbers);
    session.run(leaseSql, owner, wholeMs(now + leaseMs), list);
    const rows = session.all<ClaimedRow>(claimedSql, list);
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    const bodies = bodiesOf(
      session,
      rows.map(({ seq }) => seq),
    );
    return numbers.flatMap((number) => claimed(byNumber.get(number), bodies));
  });
}

/** Returns bodies and facts by the numbers of the events. */
function bodiesOf(session: DeliverySession, seqs: readonly number[]): ReadonlyMap<number, RecentEvent> {
  const bodies = new Map<number, RecentEvent>();
  for (const seq of seqs) {
    const recent = session.recent.get(seq);
    if (recent !== undefined) bodies.set(seq, recent);
  }
  const others = seqs.filter((seq) => !bodies.has(seq));
  if (others.length === 0) return bodies;
  for (const { seq, raw, signature, facts } of session.all<BodyRow>(bodiesSql, JSON.stringify(others)))
    bodies.set(seq, { raw, signature, facts: facts === null ? undefined : (JSON.parse(facts) as Facts) });
  return bodies;
}

function claimed(
  row: ClaimedRow | undefined,
  bodies: ReadonlyMap<number, RecentEvent>,
): ClaimedDelivery | [] {
  const body = row === undefined ? undefined : bodies.get(row.seq);
  if (row === undefined || body === undefined) return [];
  const { raw, signature, facts } = body;
  const event = eventOf({ ...row, raw, signature });
  return { ...deliveryOf(row), used: row.used, since: row.since, heldMs: row.held_ms, event, facts };
}

const eventColumns = summaryColumns
  .split(", ")
  .map((column) => `e.${column}`)
  .join(", ");
const due = (more: string) => `SELECT d.number, e.size FROM deliveries AS d INDEXED BY deliveries_due
  JOIN events AS e ON e.seq = d.seq
  WHERE d.destination = ? AND d.class = ? AND d.due_at <= ? ${more} ORDER BY d.due_at, d.number ${boundLimit}`;
/** Parameters: destination, class, time, number of rows. */
export const dueSql = due("");
export const dueReplaysSql = due(`AND NOT EXISTS (
  SELECT 1 FROM replays AS r WHERE r.number = d.replay AND r.state = 'cancelled')`);
const leaseSql = `UPDATE deliveries
  SET owner = ?, due_at = ?, attempts = attempts + 1, used = used + 1, class = max(class, 1)
  WHERE number IN (SELECT value FROM json_each(?))`;
export const claimedSql = `SELECT ${openColumns}, d.used, d.since, d.held_ms, ${eventColumns}, e.issues
  FROM deliveries AS d ${openJoins} WHERE d.number IN (SELECT value FROM json_each(?))`;
export const bodiesSql = `SELECT r.seq, r.signature, r.raw, f.facts
  FROM received AS r LEFT JOIN facts AS f ON f.seq = r.seq WHERE r.seq IN (SELECT value FROM json_each(?))`;
