import type { DerivedRecords, RebuildProgress } from "@sessionhook/core";
import { limited } from "../../deliveries/rules.js";
import { rowsWithin } from "../../page.js";
import type { Statements } from "../statements.js";
import { deleteStep } from "./delete-generation.js";
import { type Generation, generations } from "./generation.js";
import { generationSchema, viewSchema } from "./schema.js";
import { type Derive, TableWriter } from "./table-writer.js";

interface LogRow {
  readonly seq: number;
  readonly id: string;
  readonly receivedAt: number;
  readonly size: number;
}

/** Creates the tables that the rebuild fills, unless one is under way. */
export function startRebuild(statements: Statements, now: number): RebuildProgress {
  return statements.write(() => {
    const all = generations(statements);
    const building = all.find(({ state }) => state === "building");
    if (building !== undefined) return progressOf(building, false);
    const { total } = statements.get<{ total: number }>(totalSql) as { total: number };
    const generation = Math.max(...all.map((each) => each.generation)) + 1;
    statements.db.exec(generationSchema(generation));
    statements.run(startSql, generation, Math.trunc(now), total);
    return { startedAt: Math.trunc(now), read: 0, total, done: false };
  });
}

/**
 * Derives the next events into the new tables, or deletes a part of the old ones. The events are read and derived before the
 * transaction, so that intake waits only for the writes.
 */
export function rebuildStep(statements: Statements, limit: number, derive: Derive): RebuildProgress {
  const building = find(statements, "building");
  if (building === undefined) return deleteOld(statements);
  const { generation, position } = building;
  const last = lastOf(statements);
  const rows = statements.all<LogRow>(rowsSql, position, last, limited(limit));
  const taken = rows.slice(0, rowsWithin(rows.map(({ size }) => size)));
  const end =
    taken.length === rows.length && rows.length < limited(limit) ? last : (taken.at(-1)?.seq ?? last);
  const derived = new Map(taken.map((row) => [row.seq, recordsOf(statements, row, derive)]));
  return statements.write(() => {
    const now = find(statements, "building");
    // Another process was faster.
    if (now?.generation !== generation || now.position !== position)
      return progressOf(now ?? building, false);
    const writer = new TableWriter(statements, generation, derive);
    // Since they were read, some may have been deleted, and others accepted by a recheck.
    for (const row of statements.all<LogRow>(rowsSql, position, end, Number.MAX_SAFE_INTEGER))
      writer.put(row.seq, derived.has(row.seq) ? derived.get(row.seq) : recordsOf(statements, row, derive));
    writer.finish();
    const next = { ...now, read: now.read + taken.length, position: Math.max(position, end) };
    statements.run(
      "UPDATE derivation SET position = ?, read = ? WHERE generation = ?",
      next.position,
      next.read,
      generation,
    );
    if (next.position >= lastOf(statements)) swap(statements, generation);
    return progressOf(next, false);
  });
}

/** Deletes a part of the old tables, if there are any; returns false if nothing is left. */
export function deleteOldTables(statements: Statements): boolean {
  const old = find(statements, "deleting");
  if (old === undefined) return false;
  statements.write(() => {
    if (deleteStep(statements, old.generation)) return;
    statements.run("DELETE FROM derivation WHERE generation = ? AND state = 'deleting'", old.generation);
  });
  return true;
}

export function progressOf({ started_at, read, total }: Generation, done: boolean): RebuildProgress {
  return { startedAt: started_at, read, total: Math.max(read, total), done };
}

function deleteOld(statements: Statements): RebuildProgress {
  const live = find(statements, "live") as Generation;
  return progressOf(live, !deleteOldTables(statements));
}

function find(statements: Statements, state: Generation["state"]): Generation | undefined {
  return generations(statements).find((each) => each.state === state);
}

function recordsOf(
  statements: Statements,
  { seq, id, receivedAt }: LogRow,
  derive: Derive,
): DerivedRecords | undefined {
  const body = statements.get<{ raw: Uint8Array }>("SELECT raw FROM received WHERE seq = ?", seq);
  return body && derive({ id, raw: body.raw, receivedAt });
}

/** Events behind the router are not derived: it does that. */
function lastOf(statements: Statements): number {
  return statements.get<{ last: number }>(lastSql)?.last ?? 0;
}

function swap(statements: Statements, generation: number): void {
  statements.run("UPDATE derivation SET state = 'deleting' WHERE state = 'live'");
  statements.run("UPDATE derivation SET state = 'live', incomplete = 0 WHERE generation = ?", generation);
  statements.db.exec(viewSchema(generation));
}

const totalSql = "SELECT accepted AS total FROM totals";
const startSql = "INSERT INTO derivation (generation, state, started_at, total) VALUES (?, 'building', ?, ?)";
const lastSql = `SELECT coalesce((SELECT position FROM routing), (SELECT max(seq) FROM events), 0) AS last`;
const rowsSql = `SELECT seq, id, received_at AS receivedAt, size FROM events INDEXED BY events_by_status
  WHERE status = 'accepted' AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?`;
