import type { DerivedRecords } from "@sessionhook/core";

/** Limits: number of events, and bytes of their bodies. */
const [most, mostBytes] = [1000, 16 * 1024 * 1024];

/** Remembers records of routed events until they are in the derived tables; when full, later events are derived again. */
export class RoutedRecords {
  readonly #records = new Map<number, { readonly records: DerivedRecords; readonly size: number }>();
  #bytes = 0;

  /**
   * @param records undefined if the event has none, or is not accepted
   * @param size bytes of its body, of which texts in the records may be parts
   */
  add(seq: number, records: DerivedRecords | undefined, size: number): void {
    this.#delete(seq);
    // The oldest are needed first.
    if (records === undefined || this.#records.size >= most || this.#bytes + size > mostBytes) return;
    this.#records.set(seq, { records, size });
    this.#bytes += size;
  }

  get(seq: number): DerivedRecords | undefined {
    return this.#records.get(seq)?.records;
  }

  /** Forgets those up to a position, which are in the tables. */
  forget(position: number): void {
    for (const seq of this.#records.keys()) if (seq <= position) this.#delete(seq);
  }

  #delete(seq: number): void {
    this.#bytes -= this.#records.get(seq)?.size ?? 0;
    this.#records.delete(seq);
  }
}
