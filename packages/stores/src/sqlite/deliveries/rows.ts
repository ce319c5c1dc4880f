import type { Delivery, DeliveryState, Reason } from "@sessionhook/core";
import { deliveryName, replayName } from "../../deliveries/names.js";

/** A delivery, open or finished, with the id of its event and the name of its destination. */
export interface DeliveryRow {
  readonly number: number;
  readonly event: string;
  readonly type: string | null;
  readonly name: string;
  readonly replay: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly created_at: number;
  readonly due_at: number | null;
  readonly finished_at: number | null;
  readonly reason: string | null;
  readonly held_by: string | null;
}

export const openColumns = `d.number, e.id AS event, e.type, n.name, d.replay,
  iif(d.owner IS NULL, 'waiting', 'delivering') AS state, d.attempts, d.created_at, d.due_at, NULL AS finished_at,
  d.reason, NULL AS held_by`;
/** Follows `deliveries AS d`, with or without an index. */
export const openJoins = "JOIN events AS e ON e.seq = d.seq JOIN destinations AS n ON n.key = d.destination";

export const finishedColumns = `d.number, d.event, d.type, n.name, d.replay, d.state, d.attempts, d.created_at,
  NULL AS due_at, d.finished_at, d.reason, d.held_by`;
/** Follows `history AS d`, with or without an index. */
export const finishedJoins = "JOIN destinations AS n ON n.key = d.destination";

export function deliveryOf(row: DeliveryRow): Delivery {
  return {
    id: deliveryName(row.number),
    eventId: row.event,
    eventType: row.type,
    destination: row.name,
    replay: replayName(row.replay),
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    dueAt: row.due_at,
    finishedAt: row.finished_at,
    reason: reasonOf(row.reason),
    heldBy: row.held_by,
  };
}

export function reasonOf(json: string | null): Reason | null {
  return json === null ? null : (JSON.parse(json) as Reason);
}

export function jsonOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
