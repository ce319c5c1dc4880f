import type { AppendOutcome, Classification, EventStore, Issue, NewEvent } from "@sessionhook/core";
import { classify } from "./receive.js";

export { describeError } from "./describe-error.js";

/** A verified delivery whose body nobody has read yet. */
export type Delivery = Omit<NewEvent, "type" | "status" | "issues">;

/** What became of a delivery. */
export interface Kept {
  /** `rejected`: it does not fit its schema and was not kept, because misfits are to be refused. */
  readonly outcome: AppendOutcome | "rejected";
  readonly type: string | null;
  readonly status: Classification;
  /** Misfits of a rejected delivery; empty otherwise. */
  readonly issues: readonly Issue[];
}

/**
 * Reads verified deliveries and keeps them. Parsing and writing stand behind one port so that an app can
 * have both done by another thread than the one that answers requests.
 */
export interface Keeper {
  /** How many batches may be under way at a time; default 1. They are kept in the order given. */
  readonly concurrency?: number;
  /** A batch of this many deliveries is handed over at once; default: when the I/O that is ready has been handled. */
  readonly handOverAt?: number;
  /**
   * Classifies a batch and appends it to the store, all or nothing; answers in the order given, when all of it
   * is durable.
   * @throws StoreError `store_unavailable`: nothing was kept
   */
  keep(deliveries: readonly Delivery[]): Promise<readonly Kept[]>;
  /**
   * Resolves where the store takes writes; default: the store is asked. @throws StoreError `store_unavailable`
   */
  checkWritable?(): Promise<void>;
}

/** The keeper that does its work where it is called. */
export function storeKeeper(store: EventStore, onInvalid: "quarantine" | "reject"): Keeper {
  return {
    async keep(deliveries) {
      const events = deliveries.map((delivery): NewEvent => ({ ...delivery, ...classify(delivery.raw) }));
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
