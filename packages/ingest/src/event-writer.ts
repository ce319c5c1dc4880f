import type { AppendOutcome, Classification, EventLog, Issue, NewEvent } from "@sessionhook/core";
import { classify } from "./classify.js";

/** A verified message whose body nobody has read yet. */
export type ReceivedMessage = Omit<NewEvent, "type" | "status" | "issues">;

/** What became of a message. */
export interface WriteResult {
  /** `rejected`: it does not fit its schema and was not results, because issues are to be refused. */
  readonly outcome: AppendOutcome | "rejected";
  readonly type: string | null;
  readonly status: Classification;
  /** Issues of a rejected message; empty otherwise. */
  readonly issues: readonly Issue[];
}

/**
 * Reads verified messages and keeps them. Parsing and writing stand behind one port so that an app can
 * have both done by another thread than the one that answers requests.
 */
export interface EventWriter {
  /** How many batches may be under way at a time; default 1. They are kept in the order given. */
  readonly concurrency?: number;
  /** A batch of this many messages is handed over at once; default: when the I/O that is ready has been handled. */
  readonly handOverAt?: number;
  /**
   * Classifies a batch and appends it to the store, all or nothing; answers in the order given, when all of it
   * is durable.
   * @throws StoreError `store_unavailable`: nothing was kept
   */
  write(messages: readonly ReceivedMessage[]): Promise<readonly WriteResult[]>;
  /**
   * Resolves where the store takes writes; default: the store is asked. @throws StoreError `store_unavailable`
   */
  checkWritable?(): Promise<void>;
}

/** The writer that does its work where it is called. */
export function storeWriter(store: EventLog, onInvalid: "quarantine" | "reject"): EventWriter {
  return {
    async write(messages) {
      const events = messages.map((message): NewEvent => ({ ...message, ...classify(message.raw) }));
      const rejected = (event: NewEvent) => onInvalid === "reject" && event.status === "quarantined";
      const outcomes = (await store.append(events.filter((event) => !rejected(event)))).values();
      return events.map((event) => {
        const { type, status } = event;
        if (rejected(event)) return { outcome: "rejected", type, status, issues: event.issues };
        return { outcome: outcomes.next().value as AppendOutcome, type, status, issues: [] };
      });
    },
  };
}
