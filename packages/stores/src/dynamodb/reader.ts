import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Db } from "./client.js";
import { partitionOf, rowKey } from "./keys.js";

type Item = Record<string, AttributeValue>;

/** The attributes of a row except those that can be large. */
const withoutBody = [
  "id",
  "version",
  "type",
  "status",
  "receivedAt",
  "attemptTimestamp",
  "size",
  "duplicates",
  "digest",
  "arrival",
];

/** Reads the item of a row (consistently); undefined when it does not exist. */
export async function readRow(db: Db, id: string, version: number): Promise<Item | undefined> {
  if (!Number.isSafeInteger(version) || version < 1 || version > 999_999_999) return undefined;
  const query = { TableName: db.table, Key: rowKey(id, version), ConsistentRead: true };
  return (await db.call("GetItem", query)).Item;
}

/** Reads all rows of an id (consistently), ordered by version, without their bodies. */
export async function readVersions(db: Db, id: string): Promise<Item[]> {
  const items: Item[] = [];
  let from: Item | undefined;
  do {
    const page = await db.call("Query", {
      TableName: db.table,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
      ProjectionExpression: withoutBody.map((name) => `#${name}`).join(", "),
      ExpressionAttributeNames: Object.fromEntries(withoutBody.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: { ":pk": { S: partitionOf(id) }, ":sk": { S: "v#" } },
      ExclusiveStartKey: from,
    });
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}
