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
import { bytesOf, MemoryLog, rowOverheadBytes } from "./log.js";

export class MemoryEventLog implements EventLog {
  readonly #maxBytes: number;
  /** Shared with the delivery store. */
  readonly log = new MemoryLog();
  #closed = false;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  async append(events: readonly NewEvent[]): Promise<AppendOutcome[]> {
    this.#checkOpen();
    const { log } = this;
    const batch = planAppend(events, log.byId, log.tombstones);
    const bytes = batch.rows.reduce((sum, row) => sum + bytesOf(row), 0);
    if (log.bytes + bytes > this.#maxBytes)
      throw new StoreError("store_unavailable", "The memory store is full");
    // Nothing below can throw, so the batch is stored as a whole.
    for (const row of batch.rows) log.add(row);
    for (const row of batch.repeated) row.duplicates++;
    log.stats.duplicates += batch.outcomes.filter((outcome) => outcome === "duplicate").length;
    return batch.outcomes;
  }

  async get(id: string, version = 1): Promise<StoredEvent | undefined> {
    this.#checkOpen();
    const row = this.log.byId.get(id)?.find((row) => row.version === version);
    return row === undefined ? undefined : copyEvent(row);
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    this.#checkOpen();
    return (this.log.byId.get(id) ?? []).map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    this.#checkOpen();
    checkLimit(query.limit);
    const found: MemoryRow[] = [];
    let index = Math.min(positionOf("events", query.cursor) - 1, this.log.rows.length) - 1;
    for (; index >= 0 && found.length <= query.limit; index--) {
      const row = this.log.rows[index];
      if (row !== undefined && matches(row, query)) found.push(row);
    }
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const more = found.length > page.length && last !== undefined;
    return { events: page.map(summaryOf), nextCursor: more ? cursorBefore("events", last.arrival) : null };
  }

  async scan(query: ScanQuery): Promise<ScanPage> {
    this.#checkOpen();
    checkLimit(query.limit);
    const found: MemoryRow[] = [];
    const after = arrivalOf(query.after);
    let arrival = after;
    for (let bytes = 0; arrival < this.log.rows.length && found.length < query.limit; arrival++) {
      const row = this.log.rows[arrival];
      if (row === undefined || !matches(row, query)) continue;
      if ((bytes += row.raw.byteLength) > maxScanBytes && found.length > 0) break;
      found.push(row);
    }
    return {
      events: found.map(copyEvent),
      position: positionAfter(arrival),
      end: arrival >= this.log.rows.length,
    };
  }

  async stats(): Promise<StoreStats> {
    this.#checkOpen();
    return { ...this.log.stats };
  }

  async reclassify(id: string, to: Reclassification): Promise<boolean> {
    this.#checkOpen();
    const row = this.log.byId.get(id)?.[0];
    if (row === undefined || row.status === "conflict") return false;
    if (row.status !== "accepted" && to.status === "accepted") this.log.recheck(row);
    this.log.stats[row.status]--;
    this.log.stats[to.status]++;
    row.type = to.type;
    row.status = to.status;
    row.issues = structuredClone(to.issues);
    row.total = to.total;
    row.exact = to.exact;
    return true;
  }

  async checkWritable(): Promise<void> {
    this.#checkOpen();
    if (this.log.bytes + rowOverheadBytes > this.#maxBytes)
      throw new StoreError("store_unavailable", "The memory store is full");
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.log.clear();
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
