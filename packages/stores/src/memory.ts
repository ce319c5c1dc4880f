import type { EventLog } from "@sessionhook/core";
import { MemoryEventLog } from "./memory/store.js";

export interface MemoryStoreOptions {
  /**
   * Maximum number of bytes (bodies plus 1 KiB per row); beyond it `append` rejects with `store_unavailable`.
   * Default 268435456 (256 MiB).
   */
  readonly maxBytes?: number;
}

/**
 * Creates a store in memory for trials and tests. Events are lost when the process ends. The store deletes nothing:
 * when `maxBytes` is reached, it rejects new events.
 *
 * @example
 * ```ts
 * import { createMemoryStore } from "@sessionhook/stores/memory";
 *
 * const store = createMemoryStore({ maxBytes: 1_000_000 });
 * (await store.list({ limit: 50 })).events; // => []
 * ```
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): EventLog {
  return new MemoryEventLog(options.maxBytes ?? 268_435_456);
}
