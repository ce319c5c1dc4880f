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
} from "@sessionhook/core";
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

/** The port over a D1 binding. Every call stands alone: what requests share here is numbers and flags. */
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
    // D1 gives a BLOB as a list of numbers.
    return row === undefined ? undefined : eventOf({ ...row, raw: Uint8Array.from(row.raw) });
  }

  async versions(id: string): Promise<readonly EventSummary[]> {
    return ((await this.#read(versionsSql, id)) as SummaryRow[]).map(summaryOf);
  }

  async list(query: ListQuery): Promise<EventPage> {
    return this.#do(async () => {
      // Without that index: an entry in it would be one more row written, and paid for, an event.
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

  /** A binding has nothing to release: waits for what is under way and refuses further calls. */
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

  /** Not one promise for all: in workerd it would be cancelled with the request that began it. */
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
      throw new StoreError("store_unavailable", "D1 did not do its work", { cause: error });
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) for (const resolve of this.#idle.splice(0)) resolve();
    }
  }
}
