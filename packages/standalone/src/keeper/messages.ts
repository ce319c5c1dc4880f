import type { Delivery, ErrorDescription, Kept } from "@sessionhook/receiver";

/*
 * What crosses between the threads: columns instead of an object for each delivery, and all bodies of a batch in
 * one buffer that is handed over, not copied.
 */

/** Verified deliveries. */
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

/** What the thread is told last: finish what came before, close the store and end. */
export const closing = "close";
/** Asks whether the store takes writes. */
export const checking = "check";
export type KeeperRequest = BatchMessage | typeof closing | typeof checking;

/** Answers to batches, in their order, or to one `checking`; or why the store cannot be used, undefined when it can be again. */
export type KeeperMessage =
  | readonly KeeperAnswer[]
  | { readonly checked: KeeperFailure | undefined }
  | { readonly outage: string | undefined };

/** What became of a batch, or what stopped all of it. */
export type KeeperAnswer = KeptMessage | KeeperFailure;

export interface KeeperFailure {
  /** Shown to the sender and in the log. */
  readonly failure: string;
  /** For the log. */
  readonly cause?: ErrorDescription;
}

export interface KeptMessage {
  /** Index into `outcomes` and `statuses` below, two bytes a delivery. */
  readonly codes: Uint8Array;
  /** Event types: each new one once, and which of them each delivery has. */
  readonly types: readonly (string | null)[];
  readonly typeOf: Uint16Array;
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
  const types = new Map<string | null, number>();
  const typeOf = new Uint16Array(kept.length);
  kept.forEach(({ outcome, status, type }, i) => {
    codes[2 * i] = outcomes.indexOf(outcome);
    codes[2 * i + 1] = statuses.indexOf(status);
    if (!types.has(type)) types.set(type, types.size);
    typeOf[i] = types.get(type) ?? 0;
  });
  return {
    codes,
    types: [...types.keys()],
    typeOf,
    issues: kept.flatMap(({ issues }, i) => (issues.length === 0 ? [] : [[i, issues] as const])),
  };
}

export function unpackKept({ codes, types, typeOf, issues }: KeptMessage): Kept[] {
  const misfits = new Map(issues);
  return Array.from(typeOf, (type, i) => ({
    outcome: outcomes[codes[2 * i] as number] as Kept["outcome"],
    status: statuses[codes[2 * i + 1] as number] as Kept["status"],
    type: types[type] ?? null,
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
