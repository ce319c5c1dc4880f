import {
  type AppendOutcome,
  type Classification,
  type EventPage,
  type EventStore,
  type EventSummary,
  type Issue,
  type ListQuery,
  type NewEvent,
  type StoredEvent,
  StoreError,
  type StoreStats,
} from "@sessionhook/core/lean";
import { listing } from "../sqlite/listing.js";
import {
  type EventRow,
  eventOf,
  eventSql,
  issuesText,
  statsSql,
  summaryOf,
  type SummaryRow,
  versionsSql,
  writeCheckSql,
} from "../sqlite/rows.js";
import { appendStatements, outcomesOf } from "./append-sql.js";
import type { D1Binding } from "./binding.js";
import { positional } from "./positional.js";
import { ensureSchema } from "./schema.js";

/**
 * Implements `EventStore` over a D1 binding. Calls share only numbers and flags, never promises, because workerd cancels
 * a promise together with the request that created it.
 */
export class D1EventStore implements EventStore {
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
    const [row] = (await this.#read(eventSql, id, version)) as (EventRow & { raw: Iterable<number> })[];
    // D1 returns a BLOB as a list of numbers.
    return row === undefined ? undefined : eventOf({ ...row, raw: Uint8Array.from(row.raw) });
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    return ((await this.#read(versionsSql, id)) as SummaryRow[]).map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    return this.#do(async () => {
      // D1 has no such index: it would add one more written row per event to the bill.
      const steps = listing(query, { heads: false });
      let step = steps.next();
      await this.#prepareSchema();
      while (step.done !== true) {
        const { sql, values } = positional(step.value);
        const { results } = await this.#database
          .prepare(sql)
          .bind(...values)
          .all();
        step = steps.next([...results]);
      }
      return step.value;
    });
  }

  async stats(): Promise<StoreStats> {
    const [totals] = (await this.#read(statsSql)) as StoreStats[];
    return { ...(totals as StoreStats) };
  }

  async reclassify(
    id: string,
    to: { readonly type: string | null; readonly status: Classification; readonly issues: readonly Issue[] },
  ): Promise<boolean> {
    const sql =
      "UPDATE events SET type = ?, status = ?, issues = ? WHERE id = ? AND version = 1 RETURNING seq";
    const changed = await this.#read(sql, to.type, to.status, issuesText(to.issues), id);
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
      if (error instanceof RangeError || StoreError.isInstance(error)) throw error;
      throw new StoreError("store_unavailable", "D1 request failed", { cause: error });
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }
}
