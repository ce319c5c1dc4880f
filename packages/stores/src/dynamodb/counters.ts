import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { classifications, type EventStatus, type StoreStats } from "@sessionhook/core";
import { dayOf, expiryOf } from "./arrival.js";
import type { Db } from "./client.js";
import { shards } from "./keys.js";

export type Count = keyof StoreStats;

const names = [...classifications, "conflicts", "duplicates"] as const satisfies Count[];

export function countOf(status: EventStatus): Count {
  return status === "conflict" ? "conflicts" : status;
}

/**
 * Collects changes to the statistics and writes them together: one item per shard and day of arrival. This spreads the
 * writes over several items, and counts expire with the rows they count.
 */
export class Tally {
  readonly #changes = new Map<string, { shard: string; day: string; counts: Map<Count, number> }>();

  /** Adds `by` to a count of the row with this shard and arrival. */
  add(shard: string, arrival: string, count: Count, by: number): void {
    if (by === 0) return;
    const day = dayOf(arrival);
    const key = `${shard}#${day}`;
    const change = this.#changes.get(key) ?? { shard, day, counts: new Map<Count, number>() };
    change.counts.set(count, (change.counts.get(count) ?? 0) + by);
    this.#changes.set(key, change);
  }

  /**
   * Writes every change; never rejects. The rows are durable before: if a failed counter were an error, the caller would
   * repeat what is done, and count it as a duplicate.
   */
  async write(db: Db): Promise<void> {
    await Promise.allSettled([...this.#changes.values()].map(async (change) => update(db, change)));
  }
}

async function update(
  db: Db,
  { shard, day, counts }: { shard: string; day: string; counts: ReadonlyMap<Count, number> },
): Promise<void> {
  const end = Date.parse(day) + 86_400_000;
  const expires = expiryOf(end, db.retentionDays);
  const values: Record<string, AttributeValue> = {};
  for (const [name, by] of counts) values[`:${name}`] = { N: String(by) };
  const adds = [...counts.keys()].map((name) => `${name} :${name}`).join(", ");
  if (expires !== undefined) values[":expires"] = { N: String(expires) };
  await db.call("UpdateItem", {
    TableName: db.table,
    Key: { pk: { S: `counts#${shard}` }, sk: { S: day } },
    UpdateExpression: `${expires === undefined ? "" : "SET expires = :expires "}ADD ${adds}`,
    ExpressionAttributeValues: values,
  });
}

/** Returns the sums of all counters; reads 150 bytes per shard and day. */
export async function readStats(db: Db): Promise<StoreStats> {
  const stats = { accepted: 0, quarantined: 0, unrecognized: 0, conflicts: 0, duplicates: 0 };
  const parts = await Promise.all(shards.map(async (shard) => readShard(db, shard)));
  for (const item of parts.flat()) for (const name of names) stats[name] += Number(item[name]?.N ?? 0);
  return stats;
}

async function readShard(db: Db, shard: string): Promise<Record<string, AttributeValue>[]> {
  const items: Record<string, AttributeValue>[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await db.call("Query", {
      TableName: db.table,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: `counts#${shard}` } },
      ExclusiveStartKey: from,
    });
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}
