import { attemptRow, deliveryRow, eventRow, type ExportRow } from "../../privacy/rows.js";
import { type EventRow, eventOf, summaryColumns } from "../../sql/rows.js";
import { attempts } from "../deliveries/list.js";
import {
  deliveryOf,
  type DeliveryRow,
  finishedColumns,
  finishedJoins,
  openColumns,
  openJoins,
} from "../deliveries/rows.js";
import { derivedRows, type DerivedRows } from "./derived.js";
import type { PrivacySession } from "./session.js";

/**
 * Returns everything about an event: all versions, deliveries with their attempts, and the rows derived from it.
 * @param seen what was exported already
 */
export function exportEvent(session: PrivacySession, id: string, seen: DerivedRows): ExportRow[] {
  const rows = session.all<EventRow>(eventSql, id).map((row) => eventRow(eventOf(row)));
  for (const row of session.all<DeliveryRow>(deliveriesSql, id, id)) {
    const delivery = deliveryOf(row);
    rows.push(deliveryRow(delivery));
    for (const attempt of attempts(session, delivery.id)) rows.push(attemptRow(delivery.id, attempt));
  }
  return [...rows, ...derivedRows(session, id, seen)];
}

const eventSql = `SELECT ${summaryColumns}, issues, signature, raw FROM events JOIN received USING (seq)
  WHERE id = ? ORDER BY version`;
const seqSql = "d.seq = (SELECT seq FROM events WHERE id = ? AND version = 1)";
const deliveriesSql = `SELECT ${openColumns} FROM deliveries AS d ${openJoins} WHERE ${seqSql}
  UNION ALL SELECT ${finishedColumns} FROM history AS d ${finishedJoins} WHERE ${seqSql}`;
