import { gunzipSync, gzipSync } from "node:zlib";
import type { AttributeValue, WriteRequest } from "@aws-sdk/client-dynamodb";
import { StoreError } from "@sessionhook/core";
import type { Db } from "./client.js";
import { chunkKey, digestOf, partitionOf } from "./keys.js";

/** DynamoDB limits an item to 400 kB, and a row has other attributes too. */
const inlineBytes = 128 * 1024;
const chunkBytes = 380 * 1024;
/** BatchWriteItem accepts up to 16 MiB and 25 items. */
const chunksAtOnce = 25;
/** Chunks expire this many seconds after their row, because DynamoDB deletes expired items at its own pace. */
const graceSeconds = 30 * 86_400;

/** Bytes to write: either inside the row, or as separate chunks that the row references. */
export interface Blob {
  /** The attribute of the row: the bytes, or the reference to the chunks. */
  readonly attribute: AttributeValue;
  readonly chunks: readonly Uint8Array[];
  /** The part of the chunks' keys that the row references. */
  readonly name: string;
  /** Expiry of the chunks in Unix seconds; undefined without retention. */
  readonly expires: number | undefined;
}

/**
 * Copies the bytes into a blob, compressed if that makes them smaller.
 * @param rowExpires expiry of the row in Unix seconds; undefined without retention
 */
export function makeBlob(bytes: Uint8Array, rowExpires: number | undefined): Blob {
  const packed = bytes.length > 512 ? gzipSync(bytes) : undefined;
  const gzip = packed !== undefined && packed.length < bytes.length;
  const data = gzip ? new Uint8Array(packed) : Uint8Array.from(bytes);
  const fields: Record<string, AttributeValue> = gzip ? { gzip: { BOOL: true } } : {};
  const expires = rowExpires === undefined ? undefined : rowExpires + graceSeconds;
  if (data.length <= inlineBytes)
    return { attribute: { M: { ...fields, data: { B: data } } }, chunks: [], name: "", expires };
  const chunks = Array.from({ length: Math.ceil(data.length / chunkBytes) }, (_, index) =>
    data.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
  // Compressed bytes differ between versions of zlib, so the digest of the body does not identify them.
  const name = expires === undefined ? digestOf(data) : `${digestOf(data)}-${expires}`;
  fields["chunks"] = { N: String(chunks.length) };
  // Named so because the first rows have the digest of the body here.
  fields["digest"] = { S: name };
  return { attribute: { M: fields }, chunks, name, expires };
}

/**
 * Writes the chunks of a blob. Call it before writing the row, so that a row never references missing chunks. Their keys
 * contain the digest of their bytes and the expiry, so writing a key again changes nothing. Chunks without a row are
 * invisible.
 */
export async function writeChunks(db: Db, id: string, blob: Blob): Promise<void> {
  const { chunks, name, expires } = blob;
  const last = expires === undefined ? undefined : { expires: { N: String(expires) } };
  let open: WriteRequest[] = chunks.map((data, index) => ({
    PutRequest: { Item: { ...chunkKey(id, name, index), ...last, data: { B: data } } },
  }));
  for (let attempt = 0; open.length > 0; attempt++) {
    const now = open.slice(0, chunksAtOnce);
    const answer = await db.call("BatchWriteItem", { RequestItems: { [db.table]: now } });
    const undone = answer.UnprocessedItems?.[db.table] ?? [];
    if (undone.length === now.length && attempt >= 5)
      throw new StoreError("store_unavailable", "The DynamoDB table is being throttled");
    if (undone.length > 0)
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** Math.min(attempt, 5)));
    open = [...undone, ...open.slice(now.length)];
  }
}

/** Returns the bytes of a blob from its row attribute, decompressed. */
export async function readBlob(
  db: Db,
  id: string,
  attribute: AttributeValue | undefined,
): Promise<Uint8Array> {
  const { data, chunks, digest, gzip } = attribute?.M ?? {};
  const bytes =
    chunks === undefined
      ? (data?.B ?? new Uint8Array())
      : await readChunks(db, id, digest?.S ?? "", Number(chunks.N));
  return gzip?.BOOL === true ? new Uint8Array(gunzipSync(bytes)) : Uint8Array.from(bytes);
}

async function readChunks(db: Db, id: string, name: string, count: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await db.call("Query", {
      TableName: db.table,
      ConsistentRead: true,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
      ExpressionAttributeValues: { ":pk": { S: partitionOf(id) }, ":sk": { S: `c#${name}#` } },
      ExclusiveStartKey: from,
    });
    for (const item of page.Items ?? []) parts.push(item["data"]?.B ?? new Uint8Array());
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  if (parts.length < count)
    throw new StoreError("store_unavailable", "The table does not contain all parts of the body");
  return Buffer.concat(parts.slice(0, count));
}
