import { createHash } from "node:crypto";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { shardCount } from "./schema.js";

/** Returns the key of a row. All versions of an id and the chunks of their bodies share one partition. */
export function rowKey(id: string, version: number): Record<"pk" | "sk", AttributeValue> {
  return { pk: { S: partitionOf(id) }, sk: { S: `v#${String(version).padStart(9, "0")}` } };
}

export function chunkKey(id: string, name: string, index: number): Record<"pk" | "sk", AttributeValue> {
  return { pk: { S: partitionOf(id) }, sk: { S: `c#${name}#${String(index).padStart(6, "0")}` } };
}

export function partitionOf(id: string): string {
  return `e#${id}`;
}

export const shards: readonly string[] = Array.from({ length: shardCount }, (_, index) => String(index));

export function shardOf(id: string): string {
  return String((createHash("sha256").update(id).digest()[0] as number) % shardCount);
}

export function statusKey(status: string, shard: string): string {
  return `${status}#${shard}`;
}

/** Returns a hashed key, because a type may be longer than a key. */
export function typeKey(type: string, shard: string): string {
  return `${digestOf(type).slice(0, 32)}#${shard}`;
}

/** Returns the SHA-256 digest in hex. */
export function digestOf(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
