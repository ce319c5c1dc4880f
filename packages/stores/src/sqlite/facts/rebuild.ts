import type { Derive, DerivedRecords, RebuildProgress, StoredBody } from "@sessionhook/core";
import type { Statements } from "../statements.js";
import { deleteStep } from "./delete-generation.js";
import { type Generation, generations } from "./generation.js";
import { acceptedSql, type LogRow, nextRows, recordsOf } from "./log-rows.js";
import { generationSchema, viewSchema } from "./schema.js";
import { TableWriter } from "./table-writer.js";

/** Of the bodies of a part: two are in memory at a time. */
const maxBytes = 12 * 1024 * 1024;

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

/** The events of one step of a rebuild: all behind a position, up to `end`. */
export interface Part {
  readonly generation: number;
  readonly position: number;
  readonly end: number;
  /** With their bodies. */
  readonly events: readonly StoredBody[];
  /** True if more events follow. */
  readonly more: boolean;
}

/** Records of events by message id. */
export type RecordsById = ReadonlyMap<string, DerivedRecords | undefined>;

/**
 * Reads the events of a step, before its transaction, so that intake waits only for the writes.
 * @param after the part before it, if that is not written yet
 * @returns undefined if no rebuild is under way
 */
export function readPart(statements: Statements, limit: number, after?: Part): Part | undefined {
  const building = find(statements, "building");
  if (building === undefined) return undefined;
  const { generation, position } = after === undefined ? building : { ...after, position: after.end };
  const last = lastOf(statements);
  const { rows, end, more } = nextRows(statements, [position, last], limit, maxBytes);
  const events = statements.all<StoredBody>(bodiesSql, JSON.stringify(rows.map(({ seq }) => seq)));
  return { generation, position, end, events, more };
}

/** Returns whether the rebuild has come to the position of a part. */
export function isNext(statements: Statements, { generation, position }: Part): boolean {
  const building = find(statements, "building");
  return building?.generation === generation && building.position === position;
}

/** Writes the events of a part into the new tables; nothing if another process has. */
export function writePart(
  statements: Statements,
  part: Part,
  records: RecordsById,
  derive: Derive,
): RebuildProgress {
  const { generation, position, end, events } = part;
  return statements.write(() => {
    const now = find(statements, "building") ?? live(statements);
    if (now.generation !== generation || now.position !== position) return progressOf(now, false);
    const writer = new TableWriter(statements, generation, derive);
    // Since they were read, some may have been deleted, and others accepted by a recheck.
    for (const row of statements.all<LogRow>(acceptedSql, position, end, Number.MAX_SAFE_INTEGER))
      writer.put(row.seq, records.has(row.id) ? records.get(row.id) : recordsOf(statements, row, derive));
    writer.finish();
    const next = { ...now, read: now.read + events.length, position: Math.max(position, end) };
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

/** Deletes a part of the old tables. Call it when no rebuild is under way. */
export function deleteOld(statements: Statements): RebuildProgress {
  return progressOf(live(statements), !deleteOldTables(statements));
}

function live(statements: Statements): Generation {
  return find(statements, "live") as Generation;
}

function find(statements: Statements, state: Generation["state"]): Generation | undefined {
  return generations(statements).find((each) => each.state === state);
}

/** Events behind the router are not derived: it does that. */
function lastOf(statements: Statements): number {
  return statements.get<{ last: number }>(lastSql)?.last ?? 0;
}

function swap(statements: Statements, generation: number): void {
  statements.run("UPDATE derivation SET state = 'deleting' WHERE state = 'live'");
  statements.run("UPDATE derivation SET state = 'live' WHERE generation = ?", generation);
  statements.db.exec(viewSchema(generation));
}

const bodiesSql = `SELECT e.id, e.received_at AS receivedAt, r.raw FROM json_each(?) AS j
  JOIN events AS e ON e.seq = j.value JOIN received AS r ON r.seq = e.seq`;
const totalSql = "SELECT accepted AS total FROM totals";
const startSql = "INSERT INTO derivation (generation, state, started_at, total) VALUES (?, 'building', ?, ?)";
const lastSql = `SELECT coalesce((SELECT position FROM routing), (SELECT max(seq) FROM events), 0) AS last`;
