import type { DerivedRecords } from "@sessionhook/core";

/** Events whose records are remembered; those of others are derived again from their bodies. */
const most = 1000;

/** The records of the events that this process has routed last, until they are in the derived tables. */
export class RoutedRecords {
  readonly #records = new Map<number, DerivedRecords>();

  /** @param records undefined if the event has none, or is not accepted */
  add(seq: number, records: DerivedRecords | undefined): void {
    this.#records.delete(seq);
    // The oldest are needed first.
    if (records !== undefined && this.#records.size < most) this.#records.set(seq, records);
  }

  get(seq: number): DerivedRecords | undefined {
    return this.#records.get(seq);
  }

  /** Forgets those up to a position, which are in the tables. */
  forget(position: number): void {
    for (const seq of this.#records.keys()) if (seq <= position) this.#records.delete(seq);
  }
}
