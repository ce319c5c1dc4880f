import { classifications, type IssueList, noIssues } from "@sessionhook/core";
import type { ReceivedMessage, ErrorDescription, WriteResult } from "@sessionhook/ingest";

/*
 * Messages between the threads: columns instead of one object per message, and all bodies of a batch in
 * one buffer that is transferred, not copied.
 */

/** Verified messages. */
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

/** The last message to the thread: finish the pending batches, close the store and end. */
export const closing = "close";
/** Checks whether the store accepts writes. */
export const checking = "check";
export type WriterRequest = BatchMessage | typeof closing | typeof checking;

/**
 * Answers to batches, in their order, or to one `checking`; or why the store cannot be used, or its log not be copied into
 * the database: undefined when it can be again.
 */
export type WriterMessage =
  | readonly WriterReply[]
  | { readonly checked: WriterFailure | undefined }
  | { readonly notCopied: string | undefined }
  | { readonly outage: string | undefined };

/** The results of a batch, or the error that stopped all of it. */
export type WriterReply = ResultsMessage | WriterFailure;

export interface WriterFailure {
  /** Shown to the sender and in the log. */
  readonly failure: string;
  /** For the log. */
  readonly cause?: ErrorDescription;
}

export interface ResultsMessage {
  /** Indexes into `outcomes` and `classifications`, two bytes per message. */
  readonly codes: Uint8Array;
  /** Distinct event types, and the index of the type of each message. */
  readonly types: readonly (string | null)[];
  readonly typeOf: Uint16Array;
  /** Issues of rejected messages by index in the batch. */
  readonly issues: readonly (readonly [number, IssueList])[];
}

const outcomes = [
  "stored",
  "duplicate",
  "conflict",
  "rejected",
] as const satisfies readonly WriteResult["outcome"][];

export function packResults(results: readonly WriteResult[]): ResultsMessage {
  const codes = new Uint8Array(results.length * 2);
  const types = new Map<string | null, number>();
  const typeOf = new Uint16Array(results.length);
  results.forEach(({ outcome, status, type }, i) => {
    codes[2 * i] = outcomes.indexOf(outcome);
    codes[2 * i + 1] = classifications.indexOf(status);
    if (!types.has(type)) types.set(type, types.size);
    typeOf[i] = types.get(type) ?? 0;
  });
  return {
    codes,
    types: [...types.keys()],
    typeOf,
    issues: results.flatMap(({ issues, total, exact }, i) =>
      total === 0 ? [] : [[i, { issues, total, exact }] as const],
    ),
  };
}

export function unpackResults({ codes, types, typeOf, issues }: ResultsMessage): WriteResult[] {
  const issuesAt = new Map(issues);
  return Array.from(typeOf, (type, i) => ({
    outcome: outcomes[codes[2 * i] as number] as WriteResult["outcome"],
    status: classifications[codes[2 * i + 1] as number] as WriteResult["status"],
    type: types[type] ?? null,
    ...(issuesAt.get(i) ?? noIssues),
  }));
}

export function packBatch(messages: readonly ReceivedMessage[]): BatchMessage {
  const lengths = messages.map(({ raw }) => raw.length);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const { raw } of messages) {
    bytes.set(raw, at);
    at += raw.length;
  }
  return {
    ids: messages.map(({ id }) => id),
    signatures: messages.map(({ signature }) => signature),
    receivedAt: messages.map(({ receivedAt }) => receivedAt),
    attemptTimestamps: messages.map(({ attemptTimestamp }) => attemptTimestamp),
    lengths,
    bytes: bytes.buffer,
  };
}

export function unpackBatch(batch: BatchMessage): ReceivedMessage[] {
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
