import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  type AppendOutcome,
  type Classification,
  type EventPage,
  type EventLog,
  type EventSummary,
  type Issue,
  type ListQuery,
  type NewEvent,
  type ScanPage,
  type ScanQuery,
  type StoredEvent,
  StoreError,
  type StoreStats,
} from "@sessionhook/core";
import { WriteAheadLog } from "./checkpoint.js";
import { openFailure, unavailable } from "./errors.js";
import { listEvents } from "../sql/list-events.js";
import { scanEvents } from "../sql/scan-events.js";
import { QueryRunner } from "./run-queries.js";
import {
  type EventRow,
  eventOf,
  eventSql,
  statsSql,
  summaryOf,
  type SummaryRow,
  versionsSql,
} from "../sql/rows.js";
import { Writer } from "./append-events.js";

/** The port over an open database. SQLite works synchronously, so each call is done when it returns. */
export class SqliteEventLog implements EventLog {
  readonly #db: DatabaseSync;
  readonly #writer: Writer;
  readonly #queries: QueryRunner;
  readonly #get: StatementSync;
  readonly #versions: StatementSync;
  readonly #stats: StatementSync;
  readonly #log: WriteAheadLog;
  /** True if appending copies the log into the database; otherwise the caller calls `checkpoint`. */
  readonly #autoCheckpoint: boolean;
  #closed = false;

  private constructor(db: DatabaseSync) {
    this.#db = db;
    this.#writer = new Writer(db);
    this.#queries = new QueryRunner(db);
    this.#get = db.prepare(eventSql);
    this.#versions = db.prepare(versionsSql);
    this.#stats = db.prepare(statsSql);
    this.#log = new WriteAheadLog(db);
    this.#autoCheckpoint = db.prepare("PRAGMA wal_autocheckpoint").get()?.["wal_autocheckpoint"] !== 0;
  }

  /** Takes the connection over; closes it when its schema is not what the store needs. */
  static over(db: DatabaseSync): SqliteEventLog {
    try {
      return new SqliteEventLog(db);
    } catch (error) {
      db.close();
      throw openFailure(error);
    }
  }

  async append(events: readonly NewEvent[]): Promise<AppendOutcome[]> {
    const outcomes = this.#do(() => this.#writer.append(events));
    if (this.#autoCheckpoint) this.#log.shorten();
    return outcomes;
  }

  async get(id: string, version = 1): Promise<StoredEvent | undefined> {
    const row = this.#do(() => this.#get.get(id, version)) as unknown as EventRow | undefined;
    return row === undefined ? undefined : eventOf(row);
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    const rows = this.#do(() => this.#versions.all(id)) as unknown as SummaryRow[];
    return rows.map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    return this.#do(() => this.#queries.run(listEvents(query, { heads: true })));
  }

  async scan(query: ScanQuery): Promise<ScanPage> {
    return this.#do(() => this.#queries.run(scanEvents(query)));
  }

  async stats(): Promise<StoreStats> {
    return { ...(this.#do(() => this.#stats.get()) as unknown as StoreStats) };
  }

  async reclassify(
    id: string,
    to: { readonly type: string | null; readonly status: Classification; readonly issues: readonly Issue[] },
  ): Promise<boolean> {
    return this.#do(() => this.#writer.reclassify(id, to.type, to.status, to.issues));
  }

  /** Writes a counter and commits it, so a full disk is found. Costs one sync. */
  async checkWritable(): Promise<void> {
    this.#do(() => this.#writer.check());
  }

  get logBytes(): number {
    return this.#log.bytes;
  }

  /** Pages of the write-ahead log that are not in the database yet; undefined if SQLite (before 3.51) does not report it. */
  pagesToCheckpoint(): number | undefined {
    return this.#do(() => this.#log.pending());
  }

  /**
   * Copies the write-ahead log into the database, as far as nobody else is using it. When the log has become long, waits
   * up to `busyTimeoutMs` for those who are.
   */
  checkpoint(): void {
    this.#log.checkpoint();
    this.#log.shorten();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    // The last connection does this anyway; here no other one is waited for.
    this.#log.checkpoint();
    this.#db.close();
  }

  #do<T>(work: () => T): T {
    if (this.#closed) throw new StoreError("store_unavailable", "The store is closed");
    try {
      return work();
    } catch (error) {
      if (error instanceof RangeError) throw error;
      throw unavailable(error);
    }
  }
}
