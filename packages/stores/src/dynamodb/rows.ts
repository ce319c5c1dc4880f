import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type {
  Classification,
  EventStatus,
  EventSummary,
  NewEvent,
  Reclassification,
  StoredEvent,
} from "@sessionhook/core";
import { expiryOf, nextArrival, positionAfter } from "./arrival.js";
import { type Blob, makeBlob, readBlob } from "./blobs.js";
import type { Db } from "./client.js";
import { issuesFromJson, issuesToJson } from "../issues-json.js";
import { digestOf, rowKey, shardOf, statusKey, typeKey } from "./keys.js";

type Item = Record<string, AttributeValue>;

/** An event with everything that will be written for it; shares no memory with the caller's objects. */
export interface Prepared {
  readonly id: string;
  readonly shard: string;
  readonly arrival: string;
  readonly status: Classification;
  /** SHA-256 of the body, which identifies equal bytes. */
  readonly digest: string;
  readonly blobs: readonly Blob[];
  readonly item: Item;
}

/** Builds the item of a row without key, version and status; `itemOf` adds these. */
export function prepare(event: NewEvent, db: Db): Prepared {
  const { id, status, raw, receivedAt, attemptTimestamp, signature } = event;
  const digest = digestOf(raw);
  const shard = shardOf(id);
  const now = db.now();
  const arrival = nextArrival(now);
  const expires = expiryOf(now, db.retentionDays);
  const body = makeBlob(raw, expires);
  const kind = classified(shard, event, expires);
  return {
    id,
    shard,
    arrival,
    status,
    digest,
    blobs: [body, ...kind.blobs],
    item: {
      ...kind.item,
      id: { S: id },
      arrival: { S: arrival },
      byShard: { S: shard },
      digest: { S: digest },
      receivedAt: { N: String(receivedAt) },
      attemptTimestamp: { N: String(attemptTimestamp) },
      size: { N: String(raw.byteLength) },
      signature: { S: signature },
      raw: body.attribute,
      ...(expires === undefined ? {} : { expires: { N: String(expires) } }),
    },
  };
}

/** Returns the complete item of a prepared event for this version and number of duplicates. */
export function itemOf(prepared: Prepared, version: number, duplicates: number): Item {
  const status: EventStatus = version === 1 ? prepared.status : "conflict";
  return {
    ...prepared.item,
    ...rowKey(prepared.id, version),
    version: { N: String(version) },
    status: { S: status },
    byStatus: { S: statusKey(status, prepared.shard) },
    duplicates: { N: String(duplicates) },
  };
}

/**
 * Returns the attributes for type and issues, and the blobs that must be written before them.
 * @param rowExpires expiry of the row in Unix seconds; undefined without retention
 */
export function classified(
  shard: string,
  { type, ...list }: Omit<Reclassification, "status">,
  rowExpires: number | undefined,
): { readonly item: Item; readonly blobs: readonly Blob[] } {
  const json = issuesToJson(list);
  const encodedIssues = json === null ? undefined : makeBlob(new TextEncoder().encode(json), rowExpires);
  const item: Item = {
    ...(encodedIssues === undefined ? {} : { issues: encodedIssues.attribute }),
    ...(type === null ? {} : { type: { S: type }, byType: { S: typeKey(type, shard) } }),
  };
  return { item, blobs: encodedIssues === undefined ? [] : [encodedIssues] };
}

export function summaryOf(item: Item): EventSummary {
  return {
    id: textOf(item, "id"),
    version: numberOf(item, "version"),
    type: item["type"]?.S ?? null,
    status: textOf(item, "status") as EventStatus,
    receivedAt: numberOf(item, "receivedAt"),
    attemptTimestamp: numberOf(item, "attemptTimestamp"),
    size: numberOf(item, "size"),
    duplicates: numberOf(item, "duplicates"),
    position: positionAfter(textOf(item, "arrival")),
  };
}

export async function eventOf(db: Db, item: Item): Promise<StoredEvent> {
  const summary = summaryOf(item);
  const encodedIssues =
    item["issues"] === undefined ? undefined : await readBlob(db, summary.id, item["issues"]);
  return {
    ...summary,
    ...issuesFromJson(encodedIssues === undefined ? null : new TextDecoder().decode(encodedIssues)),
    raw: await readBlob(db, summary.id, item["raw"]),
    signature: textOf(item, "signature"),
  };
}

/** Returns the expiry of a row in Unix seconds; undefined if it does not expire. */
export function expiresOf(item: Item): number | undefined {
  return item["expires"] === undefined ? undefined : numberOf(item, "expires");
}

export function textOf(item: Item, name: string): string {
  return item[name]?.S ?? "";
}

export function numberOf(item: Item, name: string): number {
  return Number(item[name]?.N ?? 0);
}
