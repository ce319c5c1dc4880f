import type { Derive } from "@sessionhook/core";
import { limited } from "../../deliveries/rules.js";
import { attempt } from "../attempt.js";
import { nextRows, recordsOf } from "../facts/log-rows.js";
import { TableWriter } from "../facts/table-writer.js";
import type { DeliverySession } from "./session.js";

/** Positions of the derived tables in use and of the router. */
interface Positions {
  readonly generation: number;
  readonly position: number;
  readonly routed: number;
}

/** Returns whether routed events are not in the derived tables. */
export function isBehind(session: DeliverySession): boolean {
  const behind = positionsOf(session) !== undefined;
  // Another process can have derived what this one has routed.
  if (!behind) session.routed.forget(Infinity);
  return behind;
}

export function deriveRouted(session: DeliverySession, limit: number, derive: Derive): boolean {
  // An event of which nothing can be derived has no rows, as after routing; the others follow.
  const attempted: Derive = (event) => attempt(() => derive(event));
  return session.write(() => {
    const positions = positionsOf(session);
    if (positions === undefined) return false;
    const { generation, position, routed } = positions;
    const { routed: known } = session;
    const { rows, end } = nextRows(session, [position, routed], limited(limit));
    const writer = new TableWriter(session, generation, derive);
    const rechecks = session.get("SELECT 1 FROM reroute LIMIT 1") !== undefined;
    // The router decides about a rechecked event again, and writes its rows then.
    const waits = (seq: number) => rechecks && session.get(waitsSql, seq) !== undefined;
    for (const row of rows.filter(({ seq }) => !waits(seq)))
      writer.put(row.seq, known.get(row.seq) ?? recordsOf(session, row, attempted));
    writer.finish();
    session.run("UPDATE derivation SET position = ? WHERE generation = ?", end, generation);
    known.forget(end);
    return end < routed;
  });
}

function positionsOf(session: DeliverySession): Positions | undefined {
  return session.get<Positions>(positionsSql);
}

const waitsSql = "SELECT 1 FROM reroute WHERE seq = ?";
const positionsSql = `SELECT d.generation, d.position, r.position AS routed FROM derivation AS d, routing AS r
  WHERE d.state = 'live' AND d.position < r.position`;
