import {
  type AppendOutcome,
  type EventFilter,
  type EventPage,
  type EventLog,
  type EventSummary,
  type Reclassification,
  type ListQuery,
  type NewEvent,
  type ScanPage,
  type ScanQuery,
  type StoredEvent,
  StoreError,
  type StoreStats,
} from "@sessionhook/core";
import { arrivalOf, checkLimit, cursorBefore, maxScanBytes, positionAfter, positionOf } from "../page.js";
import { copyEvent, type MemoryRow, planAppend, summaryOf } from "./append-events.js";

const rowOverheadBytes = 1024;

export class MemoryEventLog implements EventLog {
  readonly #maxBytes: number;
  /** In order of arrival; a row's arrival number is its index plus one. */
  readonly #rows: MemoryRow[] = [];
  readonly #byId = new Map<string, MemoryRow[]>();
  readonly #stats = { accepted: 0, quarantined: 0, unrecognized: 0, conflicts: 0, duplicates: 0 };
  #bytes = 0;
  #closed = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  async append(events: readonly NewEvent[]): Promise<AppendOutcome[]> {
    this.#checkOpen();
    const batch = planAppend(events, this.#byId);
    const bytes = batch.rows.reduce((sum, row) => sum + row.raw.byteLength + rowOverheadBytes, 0);
    if (this.#bytes + bytes > this.#maxBytes)
      throw new StoreError("store_unavailable", "The memory store is full");
    // Nothing below can throw, so the batch is stored as a whole.
    this.#bytes += bytes;
    for (const row of batch.rows) {
      this.#rows.push(row);
      row.arrival = this.#rows.length;
      const versions = this.#byId.get(row.id);
      if (versions === undefined) this.#byId.set(row.id, [row]);
      else versions.push(row);
      this.#stats[row.status === "conflict" ? "conflicts" : row.status]++;
    }
    for (const row of batch.repeated) row.duplicates++;
    this.#stats.duplicates += batch.repeated.length;
    return batch.outcomes;
  }

  async get(id: string, version = 1): Promise<StoredEvent | undefined> {
    this.#checkOpen();
    const row = this.#byId.get(id)?.find((row) => row.version === version);
    return row === undefined ? undefined : copyEvent(row);
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    this.#checkOpen();
    return (this.#byId.get(id) ?? []).map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    this.#checkOpen();
    checkLimit(query.limit);
    const found: MemoryRow[] = [];
    let index = Math.min(positionOf(query.cursor) - 1, this.#rows.length) - 1;
    for (; index >= 0 && found.length <= query.limit; index--) {
      const row = this.#rows[index];
      if (row !== undefined && matches(row, query)) found.push(row);
    }
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const more = found.length > page.length && last !== undefined;
    return { events: page.map(summaryOf), nextCursor: more ? cursorBefore(last.arrival) : null };
  }

  async scan(query: ScanQuery): Promise<ScanPage> {
    this.#checkOpen();
    checkLimit(query.limit);
    const found: MemoryRow[] = [];
    const after = arrivalOf(query.after);
    let arrival = after;
    for (let bytes = 0; arrival < this.#rows.length && found.length < query.limit; arrival++) {
      const row = this.#rows[arrival] as MemoryRow;
      if (!matches(row, query)) continue;
      if ((bytes += row.raw.byteLength) > maxScanBytes && found.length > 0) break;
      found.push(row);
    }
    return {
      events: found.map(copyEvent),
      position: positionAfter(arrival),
      end: arrival >= this.#rows.length,
    };
  }

  async stats(): Promise<StoreStats> {
    this.#checkOpen();
    return { ...this.#stats };
  }

  async reclassify(id: string, to: Reclassification): Promise<boolean> {
    this.#checkOpen();
    const row = this.#byId.get(id)?.[0];
    if (row === undefined || row.status === "conflict") return false;
    this.#stats[row.status]--;
    this.#stats[to.status]++;
    row.type = to.type;
    row.status = to.status;
    row.issues = structuredClone(to.issues);
    row.total = to.total;
    row.exact = to.exact;
    return true;
  }

  async checkWritable(): Promise<void> {
    this.#checkOpen();
    if (this.#bytes + rowOverheadBytes > this.#maxBytes)
      throw new StoreError("store_unavailable", "The memory store is full");
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#rows.length = 0;
    this.#byId.clear();
  }

  #checkOpen(): void {
    if (this.#closed) throw new StoreError("store_unavailable", "The store is closed");
  }
}

function matches(row: MemoryRow, { status, type, q }: EventFilter): boolean {
  if (status !== undefined && row.status !== status) return false;
  if (type !== undefined && row.type !== type) return false;
  return q === undefined || row.id.startsWith(q);
}
