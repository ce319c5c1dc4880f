import type { DestinationCounts, DestinationRow, DestinationState } from "@sessionhook/core";
import type { DeliverySession } from "./session.js";

export function destinations(session: DeliverySession): DestinationRow[] {
  const rows = session.all<{ name: string; state: string; version: number }>(
    "SELECT name, state, version FROM destinations ORDER BY name",
  );
  return rows.map(({ name, state, version }) => ({
    name,
    state: JSON.parse(state) as DestinationState,
    version,
  }));
}

/** Saves a state; returns false if another process has saved one since. */
export function saveDestination(
  session: DeliverySession,
  name: string,
  state: DestinationState,
  expectedVersion: number,
): boolean {
  const save = () =>
    session.transaction(() => session.run(saveSql, JSON.stringify(state), name, expectedVersion) > 0);
  const before = session.get<{ status: string }>(statusSql, name)?.status;
  const byOperator = (before === "paused") !== (state.status === "paused");
  return byOperator ? session.durably(save) : save();
}

export function counts(session: DeliverySession, now: number): DestinationCounts[] {
  return session
    .all<DestinationCounts & { nextDueAt: number | null }>(countsSql)
    .map(({ nextDueAt, ...row }) => ({
      ...row,
      oldestDueAt: nextDueAt === null || nextDueAt > now ? null : nextDueAt,
    }));
}

/** Returns the earliest time at which something of these destinations can be claimed. */
export function nextDueAt(session: DeliverySession, names: readonly string[]): number | null {
  return session.get<{ next: number | null }>(nextDueSql, JSON.stringify(names))?.next ?? null;
}

const statusSql = "SELECT state ->> 'status' AS status FROM destinations WHERE name = ?";
const saveSql = "UPDATE destinations SET state = ?, version = version + 1 WHERE name = ? AND version = ?";
const firstDue = [0, 1, 2].map(
  (each) => `SELECT min(due_at) AS due_at FROM deliveries AS d INDEXED BY deliveries_due
    WHERE d.destination = n.key AND d.class = ${each}`,
);
const earliest = `(SELECT min(due_at) FROM (${firstDue.join(" UNION ALL ")}))`;
export const countsSql = `SELECT name AS destination, open, dead, delivered, skipped, ${earliest} AS "nextDueAt"
  FROM destinations AS n ORDER BY name`;
export const nextDueSql = `SELECT min(${earliest}) AS next FROM destinations AS n
  WHERE n.name IN (SELECT value FROM json_each(?))`;
