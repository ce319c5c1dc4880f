import type {
  AppendOutcome,
  EventStatus,
  EventSummary,
  Issue,
  NewEvent,
  StoredEvent,
} from "@sessionhook/core";
import { positionAfter } from "../page.js";

/** A stored row; `arrival` is 0 until the store assigns it. */
export interface MemoryRow extends Omit<StoredEvent, "position"> {
  arrival: number;
  type: string | null;
  status: EventStatus;
  issues: readonly Issue[];
  total: number;
  exact: boolean;
  duplicates: number;
}

export interface AppendPlan {
  readonly outcomes: AppendOutcome[];
  /** New rows in order of arrival. */
  readonly rows: MemoryRow[];
  /** The original row of each duplicate that has one; a row may occur more than once. */
  readonly repeated: MemoryRow[];
}

/** Determines the outcomes and new rows of a batch without changing the store. */
export function planAppend(
  events: readonly NewEvent[],
  stored: ReadonlyMap<string, readonly MemoryRow[]>,
  tombstones: ReadonlyMap<string, unknown>,
): AppendPlan {
  const batch: AppendPlan = { outcomes: [], rows: [], repeated: [] };
  const placed = new Map<string, MemoryRow[]>();
  for (const event of events) {
    if (tombstones.has(event.id)) {
      batch.outcomes.push("duplicate");
      continue;
    }
    const before = stored.get(event.id) ?? [];
    const here = placed.get(event.id) ?? [];
    const same = [...before, ...here].find((row) => sameBytes(row.raw, event.raw));
    if (same !== undefined) {
      batch.repeated.push(same);
      batch.outcomes.push("duplicate");
      continue;
    }
    const version = before.length + here.length + 1;
    const row = newRow(event, version);
    batch.rows.push(row);
    placed.set(event.id, [...here, row]);
    batch.outcomes.push(version === 1 ? "stored" : "conflict");
  }
  return batch;
}

export function summaryOf(row: MemoryRow): EventSummary {
  const { id, version, type, status, receivedAt, attemptTimestamp, size, duplicates } = row;
  const position = positionAfter(row.arrival);
  return { id, version, type, status, receivedAt, attemptTimestamp, size, duplicates, position };
}

/** Returns a copy, so that callers cannot change the store. */
export function copyEvent(row: MemoryRow): StoredEvent {
  return {
    ...summaryOf(row),
    issues: structuredClone(row.issues),
    total: row.total,
    exact: row.exact,
    raw: Uint8Array.from(row.raw),
    signature: row.signature,
  };
}

function newRow(event: NewEvent, version: number): MemoryRow {
  return {
    arrival: 0,
    id: event.id,
    version,
    type: event.type,
    status: version === 1 ? event.status : "conflict",
    receivedAt: event.receivedAt,
    attemptTimestamp: event.attemptTimestamp,
    size: event.raw.byteLength,
    duplicates: 0,
    issues: structuredClone(event.issues),
    total: event.total,
    exact: event.exact,
    raw: Uint8Array.from(event.raw),
    signature: event.signature,
  };
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.byteLength === other.byteLength && one.every((byte, index) => byte === other[index]);
}
