import { type AttributeValue, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { ListQuery } from "@sessionhook/core";
import type { Db } from "./client.js";
import { shards, statusKey, typeKey } from "./keys.js";

type Item = Record<string, AttributeValue>;

/** Rows read at a time where a filter drops some of them (DynamoDB counts before it filters). */
const filteredPage = 1000;

/** The rows of one shard that fit a query, newest first, read as they are asked for. */
export class ShardStream {
  readonly #ask: (from: Item | undefined) => Promise<{ items: Item[]; next: Item | undefined }>;
  #rows: Item[] = [];
  #next: Item | undefined;
  #ended = false;

  constructor(db: Db, shard: string, query: ListQuery, before: string) {
    const { index, key, value, filters, values } = plan(shard, query);
    // A page spreads over the shards by chance; a little more than its share rarely needs a second read.
    const Limit =
      filters.length > 0 ? filteredPage : Math.ceil(((query.limit + 1) / shards.length) * 1.5) + 2;
    this.#ask = async (from) => {
      const page = await db.client.send(
        new QueryCommand({
          TableName: db.table,
          IndexName: index,
          KeyConditionExpression: `${key} = :key AND arrival < :before`,
          ...(filters.length > 0 ? { FilterExpression: filters.join(" AND ") } : {}),
          ExpressionAttributeValues: { ":key": { S: value }, ":before": { S: before }, ...values },
          ScanIndexForward: false,
          Limit,
          ExclusiveStartKey: from,
        }),
      );
      return { items: page.Items ?? [], next: page.LastEvaluatedKey };
    };
  }

  /** The newest row not yet taken; undefined at the end. */
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

/** Which index to read, and what to drop. Accepted is the rule, so with a type the type says more. */
function plan(shard: string, { status, type, q }: ListQuery) {
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
