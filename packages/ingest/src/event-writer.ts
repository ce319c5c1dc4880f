import {
  type AppendOutcome,
  type Classification,
  type EventLog,
  type IssueList,
  type NewEvent,
  noIssues,
  type Reclassification,
} from "@sessionhook/core";
import { appendEvents } from "./append-events.js";
import { classify } from "./classify.js";

/** A verified message whose body has not been parsed. */
export type ReceivedMessage = Omit<NewEvent, keyof Reclassification>;

/** The result of writing one message. The list of issues is empty unless the message was rejected. */
export interface WriteResult extends IssueList {
  /** `rejected`: the body does not fit its schema and was not stored, because `onInvalid` is `reject`. */
  readonly outcome: AppendOutcome | "rejected";
  readonly type: string | null;
  readonly status: Classification;
}

/**
 * Classifies and stores verified messages. Both are behind one port so that an app can
 * run them in another thread than the one that answers requests.
 */
export interface EventWriter {
  /** Maximum number of concurrent batches; default 1. They are stored in the order given. */
  readonly concurrency?: number;
  /** A batch of this many messages is passed on at once; default: when the pending I/O has been handled. */
  readonly handOverAt?: number;
  /**
   * Classifies a batch and appends it to the store, all or nothing; returns the results in the order given, when all
   * of it is durable.
   * @throws StoreError `store_unavailable`: nothing was stored
   */
  write(messages: readonly ReceivedMessage[]): Promise<readonly WriteResult[]>;
  /**
   * Resolves if the store accepts writes; default: `checkWritable` of the store. @throws StoreError `store_unavailable`
   */
  checkWritable?(): Promise<void>;
}

/** Returns a writer that works in the calling thread. */
export function storeWriter(store: EventLog, onInvalid: "quarantine" | "reject"): EventWriter {
  return {
    async write(messages) {
      const events = messages.map((message): NewEvent => ({ ...message, ...classify(message.raw) }));
      const rejected = (event: NewEvent) => onInvalid === "reject" && event.status === "quarantined";
      const outcomes = (
        await appendEvents(
          store,
          events.filter((event) => !rejected(event)),
        )
      ).values();
      return events.map((event) => {
        const { type, status, issues, total, exact } = event;
        if (rejected(event)) return { outcome: "rejected", type, status, issues, total, exact };
        return { outcome: outcomes.next().value as AppendOutcome, type, status, ...noIssues };
      });
    },
  };
}
