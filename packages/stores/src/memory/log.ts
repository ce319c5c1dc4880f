import type { MemoryRow } from "./append-events.js";

export const rowOverheadBytes = 1024;

export interface MemoryTombstone {
  readonly arrival: number;
  readonly leftAt: number;
  /** Absent for an event that retention deleted: then the tombstone is deleted too. */
  readonly reason?: "erased";
}

/** The rows of a store in memory, and what deleted ones left. */
export class MemoryLog {
  /** In order of arrival; a row's arrival number is its index plus one. Undefined where a row was deleted. */
  readonly rows: (MemoryRow | undefined)[] = [];
  readonly byId = new Map<string, MemoryRow[]>();
  /** The deleted events by id: their arrival number, and when they were deleted. */
  readonly tombstones = new Map<string, MemoryTombstone>();
  readonly stats = { accepted: 0, quarantined: 0, unrecognized: 0, conflicts: 0, duplicates: 0 };
  bytes = 0;
  /** Events that were rechecked and accepted, to be routed; undefined until there is a delivery store. */
  rechecks: { readonly number: number; readonly row: MemoryRow }[] | undefined;
  #rechecks = 0;

  add(row: MemoryRow): void {
    this.rows.push(row);
    row.arrival = this.rows.length;
    const versions = this.byId.get(row.id);
    if (versions === undefined) this.byId.set(row.id, [row]);
    else versions.push(row);
    this.bytes += bytesOf(row);
    this.stats[row.status === "conflict" ? "conflicts" : row.status]++;
  }

  /** Deletes all versions of an event and leaves a tombstone. */
  remove(id: string, leftAt: number, reason?: "erased"): void {
    const versions = this.byId.get(id) ?? [];
    for (const row of versions) {
      this.rows[row.arrival - 1] = undefined;
      this.bytes -= bytesOf(row);
      this.stats[row.status === "conflict" ? "conflicts" : row.status]--;
    }
    this.byId.delete(id);
    const [first] = versions;
    if (first !== undefined)
      this.tombstones.set(id, { arrival: first.arrival, leftAt, ...(reason && { reason }) });
  }

  recheck(row: MemoryRow): void {
    this.rechecks?.push({ number: ++this.#rechecks, row });
  }

  clear(): void {
    this.rows.length = 0;
    this.byId.clear();
    this.tombstones.clear();
    this.rechecks = undefined;
  }
}

export function bytesOf(row: MemoryRow): number {
  return row.raw.byteLength + rowOverheadBytes;
}
