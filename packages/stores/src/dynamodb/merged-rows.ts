import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { EventFilter } from "@sessionhook/core";
import type { Db } from "./client.js";
import { shards } from "./keys.js";
import { textOf } from "./rows.js";
import { type Direction, ShardStream } from "./shard-stream.js";

type Item = Record<string, AttributeValue>;

/** Merges the shards into the order of arrival: the first `count` rows that match, newest or oldest first. */
export async function mergedRows(
  db: Db,
  filter: EventFilter,
  direction: Direction,
  count: number,
): Promise<Item[]> {
  const streams = shards.map((shard) => new ShardStream(db, shard, filter, direction, count));
  const isFirst = (a: string, b: string) => ("before" in direction ? a > b : a < b);
  const rows: Item[] = [];
  while (rows.length < count) {
    const heads = await Promise.all(streams.map(async (stream) => stream.peek()));
    let first = -1;
    for (const [index, head] of heads.entries()) {
      const best = heads[first];
      if (
        head !== undefined &&
        (best === undefined || isFirst(textOf(head, "arrival"), textOf(best, "arrival")))
      )
        first = index;
    }
    const row = streams[first]?.take();
    if (row === undefined) break;
    rows.push(row);
  }
  return rows;
}
