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
import type { LiveSessionOptions } from "./live-session.js";
import { LiveStore } from "./live-store.js";
import { Session } from "./session.js";
import { listEvents } from "../sql/list-events.js";
import { type EventRow, eventOf, summaryOf, type SummaryRow } from "../sql/rows.js";
import { scanEvents } from "../sql/scan-events.js";

/** The event log in an open database. */
export class SqliteEventLog extends LiveStore<Session> implements EventLog {
  /** Takes ownership of the connection; closes it if the database does not have the required schema. */
  constructor(connection: Connection, options: LiveSessionOptions) {
    super(connection, options, (connection) => new Session(connection));
  }

  async append(events: readonly NewEvent[]): Promise<AppendOutcome[]> {
    return this.write(({ writer }) => writer.append(events));
  }

  async get(id: string, version = 1): Promise<StoredEvent | undefined> {
    const row = this.live.use(({ get }) => get.get(id, version)) as unknown as EventRow | undefined;
    return row === undefined ? undefined : eventOf(row);
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    const rows = this.live.use(({ versions }) => versions.all(id)) as unknown as SummaryRow[];
    return rows.map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    return this.live.use(({ queries }) => queries.run(listEvents(query, { heads: true })));
  }

  async scan(query: ScanQuery): Promise<ScanPage> {
    return this.live.use(({ queries }) => queries.run(scanEvents(query)));
  }

  async stats(): Promise<StoreStats> {
    return { ...(this.live.use(({ stats }) => stats.get()) as unknown as StoreStats) };
  }

  async reclassify(id: string, to: Reclassification): Promise<boolean> {
    return this.live.use(({ writer }) => writer.reclassify(id, to), true);
  }

  /** Writes a counter and commits it, so a full disk is found. Costs one sync. */
  async checkWritable(): Promise<void> {
    this.live.use(({ writer }) => writer.check(), true);
  }
}
