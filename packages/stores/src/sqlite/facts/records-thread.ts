import { Worker } from "node:worker_threads";
import type { DerivedRecords, StoredBody } from "@sessionhook/core";
import { recordsOfStored } from "@sessionhook/core/derive";
import { packed } from "./packed-events.js";

type Records = readonly (DerivedRecords | undefined)[];

interface Waiting {
  readonly events: readonly StoredBody[];
  readonly resolve: (records: Records) => void;
}

/**
 * Derives the records of events in another thread, while this one writes others: the third argument of `rebuildStep` is its
 * `recordsOf`. If the thread ends, this one derives them.
 */
export class RecordsThread {
  readonly #thread: Worker;
  /** In the order of the answers. */
  #waiting: Waiting[] = [];
  #ended = false;

  constructor() {
    // Only TypeScript that is run directly needs the flags of the process.
    this.#thread = import.meta.url.endsWith(".ts")
      ? new Worker(new URL("./records-thread-entry.ts", import.meta.url))
      : new Worker(new URL("./records-thread-entry.js", import.meta.url), { execArgv: [] });
    this.#thread.on("message", (records: Records) => this.#waiting.shift()?.resolve(records));
    this.#thread.on("error", () => this.#end());
    this.#thread.on("exit", () => this.#end());
  }

  /** Returns the records of each event; undefined for one that has none. */
  readonly recordsOf = (events: readonly StoredBody[]): Promise<Records> => {
    if (this.#ended || events.length === 0) return Promise.resolve(derive(events));
    return new Promise((resolve) => {
      this.#waiting.push({ events, resolve });
      const batch = packed(events);
      this.#thread.postMessage(batch, [batch.bodies.buffer]);
    });
  };

  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  #end(): void {
    this.#ended = true;
    for (const { events, resolve } of this.#waiting.splice(0)) resolve(derive(events));
  }
}

function derive(events: readonly StoredBody[]): Records {
  return events.map((event) => recordsOfStored(event));
}
