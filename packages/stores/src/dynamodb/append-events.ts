import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type AppendOutcome, type NewEvent, StoreError } from "@sessionhook/core";
import { writeChunks } from "./blobs.js";
import type { Db } from "./client.js";
import { countOf, Tally } from "./counters.js";
import { isConditionUnmet } from "./errors.js";
import { rowKey } from "./keys.js";
import { readVersions } from "./reader.js";
import { itemOf, numberOf, type Prepared, prepare, textOf } from "./rows.js";

type Item = Record<string, AttributeValue>;

/** Number of ids of a batch that are written concurrently. */
const atOnce = 32;
/** Number of attempts to write a version that other writers take first, before the store reports itself unavailable. */
const maxTries = 100;

/** Equal messages within a batch; `places` are their indexes in the batch, in order. */
interface Same {
  readonly prepared: Prepared;
  readonly places: number[];
}

/**
 * Writes a batch, each id independently. A row is written on the condition that its version is free. Therefore concurrent
 * writers and failures leave the versions of an id without gaps and every body only once, as long as version 1 exists:
 * retention can delete it before the others, and then the id is new.
 */
export async function writeBatch(db: Db, events: readonly NewEvent[]): Promise<AppendOutcome[]> {
  // All events are prepared before the first write, so an invalid one stops the whole batch.
  const ids = groupById(db, events);
  const outcomes: AppendOutcome[] = [];
  const tally = new Tally();
  const failures: unknown[] = [];
  const worker = async () => {
    for (let group = ids.pop(); group !== undefined && failures.length === 0; group = ids.pop()) {
      try {
        for (const same of group) await place(db, same, outcomes, tally);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  await tally.write(db);
  if (failures.length > 0) throw failures[0];
  return outcomes;
}

function groupById(db: Db, events: readonly NewEvent[]): Same[][] {
  const ids = new Map<string, Map<string, Same>>();
  for (const [index, event] of events.entries()) {
    const prepared = prepare(event, db);
    const bodies = ids.get(prepared.id) ?? new Map<string, Same>();
    ids.set(prepared.id, bodies);
    const same = bodies.get(prepared.digest);
    if (same === undefined) bodies.set(prepared.digest, { prepared, places: [index] });
    else same.places.push(index);
  }
  // The workers pop from the end.
  return [...ids.values()].map((bodies) => [...bodies.values()]).toReversed();
}

async function place(
  db: Db,
  { prepared, places }: Same,
  outcomes: AppendOutcome[],
  tally: Tally,
): Promise<void> {
  const { id, shard, digest, arrival } = prepared;
  const [first = 0, ...again] = places;
  const settle = (outcome: AppendOutcome) => {
    outcomes[first] = outcome;
    for (const index of again) outcomes[index] = "duplicate";
  };
  const repeats = async (row: Item) => {
    await countRepeats(db, id, numberOf(row, "version"), places.length);
    tally.add(shard, textOf(row, "arrival"), "duplicates", places.length);
    settle("duplicate");
  };
  const chunked = prepared.blobs.filter(({ chunks }) => chunks.length > 0);
  if (chunked.length > 0) {
    // A repeat writes no chunks: they would have no row, and large events are rare enough for one more read.
    const same = rowOf(digest, await readVersions(db, id));
    if (same !== undefined) return repeats(same);
    for (const blob of chunked) await writeChunks(db, id, blob);
  }
  for (let version = 1, tries = 0; tries < maxTries; tries++) {
    let written = await putIfFree(db, prepared, version, again.length);
    if (!written) {
      const rows = await readVersions(db, id);
      const same = rowOf(digest, rows);
      if (same !== undefined && textOf(same, "arrival") !== arrival) return repeats(same);
      // The row is ours: the response to an earlier attempt was lost, and the client retried.
      written = same !== undefined;
      version = same === undefined ? versionAfter(rows) : numberOf(same, "version");
    }
    if (written) {
      tally.add(shard, arrival, countOf(version === 1 ? prepared.status : "conflict"), 1);
      tally.add(shard, arrival, "duplicates", again.length);
      return settle(version === 1 ? "stored" : "conflict");
    }
  }
  throw new StoreError("store_unavailable", "Too many writers of one message id at the same time");
}

/** Returns the next free version. Retention can have deleted any of the rows, so it is not their number plus one. */
function versionAfter(rows: readonly Item[]): number {
  return numberOf(rows.at(-1) ?? {}, "version") + 1;
}

function rowOf(digest: string, rows: readonly Item[]): Item | undefined {
  return rows.find((row) => textOf(row, "digest") === digest);
}

async function putIfFree(db: Db, prepared: Prepared, version: number, duplicates: number): Promise<boolean> {
  try {
    const Item = itemOf(prepared, version, duplicates);
    await db.call("PutItem", { TableName: db.table, Item, ConditionExpression: "attribute_not_exists(pk)" });
    return true;
  } catch (error) {
    if (isConditionUnmet(error)) return false;
    throw error;
  }
}

/** Counts duplicates; fails when the row has expired in the meantime. The sender then retries, and the event is new. */
async function countRepeats(db: Db, id: string, version: number, by: number): Promise<void> {
  await db.call("UpdateItem", {
    TableName: db.table,
    Key: rowKey(id, version),
    UpdateExpression: "ADD duplicates :by",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":by": { N: String(by) } },
  });
}
