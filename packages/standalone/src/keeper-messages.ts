import type { Delivery, Kept } from "@sessionhook/receiver";

/**
 * A batch as it crosses between threads: columns instead of an object each, and all bodies in one buffer that
 * is handed over, not copied.
 */
export interface BatchMessage {
  readonly ids: readonly string[];
  readonly signatures: readonly string[];
  /** Unix milliseconds. */
  readonly receivedAt: readonly number[];
  /** Unix seconds. */
  readonly attemptTimestamps: readonly number[];
  readonly lengths: readonly number[];
  readonly bytes: ArrayBuffer;
}

/** What a worker is told: a batch, or to close its store and end. */
export type KeeperRequest = BatchMessage | "close";

/** What it answers to a batch: what became of each delivery, or which error of the store stopped all of them. */
export type KeeperAnswer = KeptMessage | { readonly failure: string };

/** What became of a batch, in columns. */
export interface KeptMessage {
  /** Index into `outcomes` and `statuses` below, two bytes a delivery. */
  readonly codes: Uint8Array;
  readonly types: readonly (string | null)[];
  /** Misfits of rejected deliveries by their place in the batch. */
  readonly issues: readonly (readonly [number, Kept["issues"]])[];
}

const outcomes = [
  "stored",
  "duplicate",
  "conflict",
  "rejected",
] as const satisfies readonly Kept["outcome"][];
const statuses = ["accepted", "quarantined", "unrecognized"] as const satisfies readonly Kept["status"][];

export function packKept(kept: readonly Kept[]): KeptMessage {
  const codes = new Uint8Array(kept.length * 2);
  kept.forEach(({ outcome, status }, i) => {
    codes[2 * i] = outcomes.indexOf(outcome);
    codes[2 * i + 1] = statuses.indexOf(status);
  });
  return {
    codes,
    types: kept.map(({ type }) => type),
    issues: kept.flatMap(({ issues }, i) => (issues.length === 0 ? [] : [[i, issues] as const])),
  };
}

export function unpackKept({ codes, types, issues }: KeptMessage): Kept[] {
  const misfits = new Map(issues);
  return types.map((type, i) => ({
    outcome: outcomes[codes[2 * i] as number] as Kept["outcome"],
    status: statuses[codes[2 * i + 1] as number] as Kept["status"],
    type,
    issues: misfits.get(i) ?? [],
  }));
}

export function packBatch(deliveries: readonly Delivery[]): BatchMessage {
  const lengths = deliveries.map(({ raw }) => raw.length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const { raw } of deliveries) {
    bytes.set(raw, at);
    at += raw.length;
  }
  return {
    ids: deliveries.map(({ id }) => id),
    signatures: deliveries.map(({ signature }) => signature),
    receivedAt: deliveries.map(({ receivedAt }) => receivedAt),
    attemptTimestamps: deliveries.map(({ attemptTimestamp }) => attemptTimestamp),
    lengths,
    bytes: bytes.buffer,
  };
}

export function unpackBatch(batch: BatchMessage): Delivery[] {
  let at = 0;
  return batch.lengths.map((length, i) => {
    const raw = new Uint8Array(batch.bytes, at, length);
    at += length;
    return {
      id: batch.ids[i] as string,
      raw,
      receivedAt: batch.receivedAt[i] as number,
      attemptTimestamp: batch.attemptTimestamps[i] as number,
      signature: batch.signatures[i] as string,
    };
  });
}
