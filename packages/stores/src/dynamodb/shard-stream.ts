import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { EventFilter } from "@sessionhook/core";
import type { Db } from "./client.js";
import { shards, statusKey, typeKey } from "./keys.js";

type Item = Record<string, AttributeValue>;

/** Rows per read when a filter drops some of them (DynamoDB applies its limit before the filter). */
const filteredPage = 1000;

/** Arrival to read from, exclusive: downwards (newest first) or upwards (oldest first). */
export type Direction = { readonly before: string } | { readonly after: string };

/** Reads the rows of one shard that match a filter, in order of arrival, page by page on demand. */
export class ShardStream {
  readonly #ask: (next: Item | undefined) => Promise<{ items: Item[]; next: Item | undefined }>;
  #rows: Item[] = [];
  #next: Item | undefined;
  #ended = false;

  constructor(db: Db, shard: string, filter: EventFilter, direction: Direction, count: number) {
    const { index, key, value, filters, values } = plan(shard, filter);
    const down = "before" in direction;
    const from = down ? direction.before : direction.after;
    // The rows of a page are spread randomly over the shards: with 1.5 times its share, a shard rarely needs a second read.
    const Limit = filters.length > 0 ? filteredPage : Math.ceil((count / shards.length) * 1.5) + 2;
    this.#ask = async (next) => {
      const page = await db.call("Query", {
        TableName: db.table,
        IndexName: index,
        KeyConditionExpression: `${key} = :key AND arrival ${down ? "<" : ">"} :from`,
        ...(filters.length > 0 ? { FilterExpression: filters.join(" AND ") } : {}),
        ExpressionAttributeValues: { ":key": { S: value }, ":from": { S: from }, ...values },
        ScanIndexForward: !down,
        Limit,
        ExclusiveStartKey: next,
      });
      return { items: page.Items ?? [], next: page.LastEvaluatedKey };
    };
  }

  /** Returns the next row without taking it; undefined at the end. */
  async peek(): Promise<Item | undefined> {
    while (this.#rows.length === 0 && !this.#ended) {
      const { items, next } = await this.#ask(this.#next);
      this.#rows = items;
      this.#next = next;
      this.#ended = next === undefined;
    }
    return this.#rows[0];
  }

  take(): Item | undefined {
    return this.#rows.shift();
  }
}

/** Chooses the index and the filters. Most events are accepted, so a type narrows the result more than that status. */
function plan(shard: string, { status, type, q }: EventFilter) {
  const values: Record<string, AttributeValue> = {};
  const filters: string[] = [];
  const filter = (expression: string, name: string, value: string) => {
    filters.push(expression);
    values[name] = { S: value };
  };
  if (q !== undefined && q !== "") filter("begins_with(id, :prefix)", ":prefix", q);
  if (type !== undefined && (status === undefined || status === "accepted")) {
    if (status !== undefined) filter("byStatus = :status", ":status", statusKey(status, shard));
    return { index: "newest-by-type", key: "byType", value: typeKey(type, shard), filters, values };
  }
  if (status === undefined) return { index: "newest", key: "byShard", value: shard, filters, values };
  if (type !== undefined) filter("byType = :type", ":type", typeKey(type, shard));
  return { index: "newest-by-status", key: "byStatus", value: statusKey(status, shard), filters, values };
}
