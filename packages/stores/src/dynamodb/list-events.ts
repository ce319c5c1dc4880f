import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { EventPage, ListQuery } from "@sessionhook/core";
import { checkLimit, cursorPrefix, wrongCursor } from "../page.js";
import { arrivalPattern } from "./arrival.js";
import type { Db } from "./client.js";
import { mergedRows } from "./merged-rows.js";
import { shards, statusKey, typeKey } from "./keys.js";
import { summaryOf, textOf } from "./rows.js";

type Item = Record<string, AttributeValue>;

/** A prefix with up to this many rows per shard is read completely and sorted; otherwise the newest rows are searched. */
const mostSorted = 500;
const prefix = cursorPrefix("events");
const afterEverything = "9".repeat(17);

/** Returns a page of rows, newest first, from the index that reads the fewest rows. */
export async function listPage(db: Db, query: ListQuery): Promise<EventPage> {
  checkLimit(query.limit);
  const before = positionOf(query.cursor);
  const rows =
    (await rowsByPrefix(db, query, before)) ?? (await mergedRows(db, query, { before }, query.limit + 1));
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const nextCursor =
    rows.length > page.length && last !== undefined ? `${prefix}${textOf(last, "arrival")}` : null;
  return { events: page.map(summaryOf), nextCursor };
}

function positionOf(cursor: string | undefined): string {
  if (cursor === undefined) return afterEverything;
  const arrival = cursor.startsWith(prefix) ? cursor.slice(prefix.length) : "";
  return arrivalPattern.test(arrival) ? arrival : wrongCursor("events");
}

/** Returns every row whose id begins with the prefix, sorted; undefined without a prefix or with a too frequent one. */
async function rowsByPrefix(db: Db, query: ListQuery, before: string): Promise<Item[] | undefined> {
  if (query.q === undefined || query.q === "") return undefined;
  const beginning = query.q;
  const parts = await Promise.all(
    shards.map(async (shard) => {
      const page = await db.call("Query", {
        TableName: db.table,
        IndexName: "ids",
        KeyConditionExpression: "byShard = :shard AND begins_with(id, :prefix)",
        ExpressionAttributeValues: { ":shard": { S: shard }, ":prefix": { S: beginning } },
        Limit: mostSorted,
      });
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
