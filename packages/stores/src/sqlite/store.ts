import {
  type AppendOutcome,
  type EventPage,
  type EventLog,
  type EventSummary,
  type Reclassification,
  type ListQuery,
  type NewEvent,
  type ScanPage,
  type ScanQuery,
  type StoredEvent,
  type StoreStats,
} from "@sessionhook/core";
import type { Connection } from "./connection.js";
import { LiveSession, type LiveSessionOptions } from "./live-session.js";
import { Session } from "./session.js";
import { listEvents } from "../sql/list-events.js";
import { type EventRow, eventOf, summaryOf, type SummaryRow } from "../sql/rows.js";
import { scanEvents } from "../sql/scan-events.js";

/** The event log in an open database. SQLite works synchronously, so each call is complete when it returns. */
export class SqliteEventLog implements EventLog {
  readonly #live: LiveSession<Session>;

  /** Takes ownership of the connection; closes it if the database does not have the required schema. */
  constructor(connection: Connection, options: LiveSessionOptions) {
    this.#live = new LiveSession(connection, options, (connection) => new Session(connection));
  }

  async append(events: readonly NewEvent[]): Promise<AppendOutcome[]> {
    const outcomes = this.#live.use(({ writer }) => writer.append(events), true);
    this.#live.session?.connection.committed();
    return outcomes;
  }

  async get(id: string, version = 1): Promise<StoredEvent | undefined> {
    const row = this.#live.use(({ get }) => get.get(id, version)) as unknown as EventRow | undefined;
    return row === undefined ? undefined : eventOf(row);
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    const rows = this.#live.use(({ versions }) => versions.all(id)) as unknown as SummaryRow[];
    return rows.map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    return this.#live.use(({ queries }) => queries.run(listEvents(query, { heads: true })));
  }

  async scan(query: ScanQuery): Promise<ScanPage> {
    return this.#live.use(({ queries }) => queries.run(scanEvents(query)));
  }

  async stats(): Promise<StoreStats> {
    return { ...(this.#live.use(({ stats }) => stats.get()) as unknown as StoreStats) };
  }

  async reclassify(id: string, to: Reclassification): Promise<boolean> {
    return this.#live.use(({ writer }) => writer.reclassify(id, to), true);
  }

  /** Writes a counter and commits it, so a full disk is found. Costs one sync. */
  async checkWritable(): Promise<void> {
    this.#live.use(({ writer }) => writer.check(), true);
  }

  get logBytes(): number {
    return this.#live.session?.connection.log.bytes ?? 0;
  }

  /** Pages of the write-ahead log that are not in the database yet; undefined if SQLite (before 3.51) does not report it. */
  pagesToCheckpoint(): number | undefined {
    return this.#live.session?.connection.log.pending();
  }

  /**
   * Copies the write-ahead log into the database, up to the first page that another connection uses. If the log is long,
   * waits for these connections for up to `busyTimeoutMs`.
   */
  checkpoint(): void {
    this.#live.session?.connection.checkpoint();
  }

  /** For `Checkpointer.run`: the database this store has open, as it is now. */
  get mark(): string | undefined {
    return this.#live.session?.connection.guard.mark;
  }

  /** To be set while a `Checkpointer` of this process runs: otherwise the database seems to be overwritten. */
  set copying(underWay: boolean) {
    const guard = this.#live.session?.connection.guard;
    if (guard !== undefined) guard.copying = underWay;
  }

  async close(): Promise<void> {
    this.#live.close();
  }
}
