import { type AttributeValue, QueryCommand } from "@aws-sdk/client-dynamodb";
import { type EventPage, type ListQuery, StoreError } from "@sessionhook/core/lean";
import { checkLimit } from "../page.js";
import { arrivalPattern } from "./arrival.js";
import type { Db } from "./client.js";
import { shards, statusKey, typeKey } from "./keys.js";
import { summaryOf, textOf } from "./rows.js";
import { ShardStream } from "./shard-stream.js";

type Item = Record<string, AttributeValue>;

/** A prefix with up to this many rows per shard is read completely and sorted; otherwise the newest rows are searched. */
const mostSorted = 500;
const afterEverything = "9".repeat(17);

/** Returns a page of rows, newest first, from the index that reads the fewest rows. */
export async function listPage(db: Db, query: ListQuery): Promise<EventPage> {
  checkLimit(query.limit);
  const before = positionOf(query.cursor);
  const rows = (await rowsByPrefix(db, query, before)) ?? (await newestRows(db, query, before));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const nextCursor =
    rows.length > page.length && last !== undefined ? `before-${textOf(last, "arrival")}` : null;
  return { events: await Promise.all(page.map(async (row) => summaryOf(db, row))), nextCursor };
}

function positionOf(cursor: string | undefined): string {
  if (cursor === undefined) return afterEverything;
  const arrival = cursor.startsWith("before-") ? cursor.slice("before-".length) : "";
  if (!arrivalPattern.test(arrival)) throw new StoreError("invalid_cursor", "Not a cursor of this store");
  return arrival;
}

/** Returns up to one row more than the page has room for, which shows whether there is a next page. */
async function newestRows(db: Db, query: ListQuery, before: string): Promise<Item[]> {
  const streams = shards.map((shard) => new ShardStream(db, shard, query, before));
  const rows: Item[] = [];
  while (rows.length <= query.limit) {
    const heads = await Promise.all(streams.map(async (stream) => stream.peek()));
    let newest = -1;
    for (const [index, head] of heads.entries()) {
      const best = heads[newest];
      if (head !== undefined && (best === undefined || textOf(head, "arrival") > textOf(best, "arrival")))
        newest = index;
    }
    const row = streams[newest]?.take();
    if (row === undefined) break;
    rows.push(row);
  }
  return rows;
}

/** Returns every row whose id begins with the prefix, sorted; undefined without a prefix or with a too frequent one. */
async function rowsByPrefix(db: Db, query: ListQuery, before: string): Promise<Item[] | undefined> {
  if (query.q === undefined || query.q === "") return undefined;
  const prefix = query.q;
  const parts = await Promise.all(
    shards.map(async (shard) => {
      const page = await db.client.send(
        new QueryCommand({
          TableName: db.table,
          IndexName: "ids",
          KeyConditionExpression: "byShard = :shard AND begins_with(id, :prefix)",
          ExpressionAttributeValues: { ":shard": { S: shard }, ":prefix": { S: prefix } },
          Limit: mostSorted,
        }),
      );
      if (page.LastEvaluatedKey !== undefined) return undefined;
      return (page.Items ?? []).filter((row) => fits(row, query, shard) && textOf(row, "arrival") < before);
    }),
  );
  const found = parts.filter((part) => part !== undefined);
  if (found.length < parts.length) return undefined;
  return found.flat().sort((a, b) => (textOf(a, "arrival") < textOf(b, "arrival") ? 1 : -1));
}

function fits(row: Item, { status, type }: ListQuery, shard: string): boolean {
  if (status !== undefined && textOf(row, "byStatus") !== statusKey(status, shard)) return false;
  return type === undefined || textOf(row, "byType") === typeKey(type, shard);
}
