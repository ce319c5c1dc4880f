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
  StoreError,
  type StoreStats,
} from "@sessionhook/core";
import { listEvents } from "../sql/list-events.js";
import { scanEvents } from "../sql/scan-events.js";
import {
  type EventRow,
  eventOf,
  eventSql,
  statsSql,
  summaryOf,
  type SummaryRow,
  versionsSql,
  writeCheckSql,
} from "../sql/rows.js";
import { appendStatements, outcomesOf } from "./append-events.js";
import { issuesToJson } from "../issues-json.js";
import type { D1Binding } from "./binding.js";
import { unavailable } from "./errors.js";
import { runQueries, withBytes } from "./run-queries.js";
import { ensureSchema } from "./schema.js";

/**
 * Implements `EventLog` over a D1 binding. Calls share only numbers and flags, never promises, because workerd cancels
 * a promise together with the request that created it.
 */
export class D1EventLog implements EventLog {
  readonly #database: D1Binding;
  #schemaReady = false;
  #closed = false;
  #underWay = 0;
  #idle: (() => void)[] = [];

  constructor(database: D1Binding) {
    this.#database = database;
  }

  async append(events: readonly NewEvent[]): Promise<AppendOutcome[]> {
    return this.#do(async () => {
      const statements = await appendStatements(this.#database, events);
      await this.#prepareSchema();
      return statements.length === 0 ? [] : outcomesOf(await this.#database.batch(statements));
    });
  }

  async get(id: string, version = 1): Promise<StoredEvent | undefined> {
    const [row] = await this.#read(eventSql, id, version);
    return row === undefined ? undefined : eventOf(withBytes(row) as EventRow);
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    return ((await this.#read(versionsSql, id)) as SummaryRow[]).map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    return this.#do(async () => {
      await this.#prepareSchema();
      // D1 has no index of id heads: it would add one more written row per event to the bill.
      return runQueries(this.#database, listEvents(query, { heads: false }));
    });
  }

  async scan(query: ScanQuery): Promise<ScanPage> {
    return this.#do(async () => {
      await this.#prepareSchema();
      return runQueries(this.#database, scanEvents(query));
    });
  }

  async stats(): Promise<StoreStats> {
    const [totals] = (await this.#read(statsSql)) as StoreStats[];
    return { ...(totals as StoreStats) };
  }

  async reclassify(id: string, to: Reclassification): Promise<boolean> {
    const sql =
      "UPDATE events SET type = ?, status = ?, issues = ? WHERE id = ? AND version = 1 RETURNING seq";
    const changed = await this.#read(sql, to.type, to.status, issuesToJson(to), id);
    return changed.length > 0;
  }

  async checkWritable(): Promise<void> {
    await this.#read(writeCheckSql);
  }

  /** Waits for running calls and rejects further ones; a binding has nothing to release. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  async #read(sql: string, ...values: unknown[]): Promise<readonly unknown[]> {
    return this.#do(async () => {
      await this.#prepareSchema();
      const statement = this.#database.prepare(sql).bind(...values);
      return (await statement.all()).results;
    });
  }

  /** Does not share one promise among calls: workerd would cancel it with the request that created it. */
  async #prepareSchema(): Promise<void> {
    if (this.#schemaReady) return;
    await ensureSchema(this.#database);
    this.#schemaReady = true;
  }

  async #do<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreError("store_unavailable", "The store is closed");
    this.#underWay++;
    try {
      return await work();
    } catch (error) {
      throw unavailable(error);
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }
}
