import {
  type AppendOutcome,
  type EventPage,
  type EventLog,
  type EventSummary,
  type ListQuery,
  type NewEvent,
  type ScanPage,
  type ScanQuery,
  type StoredEvent,
  StoreError,
  type StoreStats,
} from "@sessionhook/core";
import { writeChunks } from "./blobs.js";
import type { Db, TableClient } from "./client.js";
import { countOf, readStats, Tally } from "./counters.js";
import { isConditionUnmet, unavailable } from "./errors.js";
import { rowKey, shardOf, statusKey } from "./keys.js";
import { listPage } from "./list-events.js";
import { readRow, readVersions } from "./reader.js";
import { classified, eventOf, expiresOf, summaryOf, textOf } from "./rows.js";
import { scanPage } from "./scan-events.js";
import { writeBatch } from "./append-events.js";

/** A client and what `Db` needs beside it. */
export interface TableOptions extends Omit<Db, "call"> {
  readonly client: TableClient;
}

export class DynamoDbEventLog implements EventLog {
  /** Clocks of writers differ and indexes lag behind writes; two minutes cover both many times over. */
  readonly settleMs = 120_000;
  readonly #options: TableOptions;
  readonly #running = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  constructor(options: TableOptions) {
    this.#options = options;
  }

  append(events: readonly NewEvent[]): Promise<AppendOutcome[]> {
    return this.#run(async (db) => writeBatch(db, events));
  }

  get(id: string, version = 1): Promise<StoredEvent | undefined> {
    return this.#run(async (db) => {
      const item = await readRow(db, id, version);
      return item === undefined ? undefined : eventOf(db, item);
    });
  }

  versions(id: string): Promise<readonly EventSummary[]> {
    return this.#run(async (db) => (await readVersions(db, id)).map(summaryOf));
  }

  list(query: ListQuery): Promise<EventPage> {
    return this.#run(async (db) => listPage(db, query));
  }

  scan(query: ScanQuery): Promise<ScanPage> {
    return this.#run(async (db) => scanPage(db, query));
  }

  stats(): Promise<StoreStats> {
    return this.#run(readStats);
  }

  reclassify(id: string, to: Parameters<EventLog["reclassify"]>[1]): Promise<boolean> {
    return this.#run(async (db) => reclassify(db, id, to));
  }

  async checkWritable(): Promise<void> {
    await this.#run(async (db) => {
      const probe = { TableName: db.table, Key: { pk: { S: "probe" }, sk: { S: "probe" } } };
      // The update uses the whole key and the list uses an index, so a table with another schema fails the check.
      const [update, at] = ["SET probed = :at", { ":at": { N: String(db.now()) } }];
      await db.call("UpdateItem", { ...probe, UpdateExpression: update, ExpressionAttributeValues: at });
      await listPage(db, { limit: 1 });
    });
  }

  close(): Promise<void> {
    this.#closed ??= this.#finish();
    return this.#closed;
  }

  async #finish(): Promise<void> {
    await Promise.allSettled(this.#running);
    this.#options.client.close();
  }

  async #run<T>(work: (db: Db) => Promise<T>): Promise<T> {
    if (this.#closed !== undefined) throw new StoreError("store_unavailable", "The store is closed");
    const { client, ...options } = this.#options;
    const running = work({ ...options, call: client.operation() });
    this.#running.add(running);
    try {
      return await running;
    } catch (error) {
      throw unavailable(error);
    } finally {
      this.#running.delete(running);
    }
  }
}

async function reclassify(db: Db, id: string, to: Parameters<EventLog["reclassify"]>[1]): Promise<boolean> {
  const shard = shardOf(id);
  const row = await readRow(db, id, 1);
  if (row === undefined) return false;
  // New chunks expire with the row, whatever the retention is now.
  const { item, blobs } = classified(shard, to, expiresOf(row));
  for (const blob of blobs) await writeChunks(db, id, blob);
  const set = { status: { S: to.status }, byStatus: { S: statusKey(to.status, shard) }, ...item };
  const gone = ["type", "byType", "issues"].filter((name) => !Object.hasOwn(item, name));
  try {
    const { Attributes: before = {} } = await db.call("UpdateItem", {
      TableName: db.table,
      Key: rowKey(id, 1),
      UpdateExpression: `SET ${Object.keys(set)
        .map((name) => `#${name} = :${name}`)
        .join(", ")}${gone.length > 0 ? ` REMOVE ${gone.map((name) => `#${name}`).join(", ")}` : ""}`,
      ConditionExpression: "attribute_exists(pk)",
      ExpressionAttributeNames: Object.fromEntries(
        [...Object.keys(set), ...gone].map((name) => [`#${name}`, name]),
      ),
      ExpressionAttributeValues: Object.fromEntries(
        Object.entries(set).map(([name, value]) => [`:${name}`, value]),
      ),
      ReturnValues: "ALL_OLD",
    });
    const tally = new Tally();
    tally.add(shard, textOf(before, "arrival"), countOf(textOf(before, "status") as typeof to.status), -1);
    tally.add(shard, textOf(before, "arrival"), countOf(to.status), 1);
    await tally.write(db);
    return true;
  } catch (error) {
    if (isConditionUnmet(error)) return false;
    throw error;
  }
}
