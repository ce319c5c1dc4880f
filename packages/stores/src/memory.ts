import type { EventLog } from "@sessionhook/core";
import { MemoryEventLog } from "./memory/store.js";

export interface MemoryStoreOptions {
  /**
   * How many bytes may be kept before `append` rejects with `store_unavailable`: bodies, plus 1 KiB
   * per row for what surrounds them. Default 268435456 (256 MiB).
   */
  readonly maxBytes?: number;
}

/**
 * A store for trying out and for tests. It keeps everything until the process ends, and nothing
 * longer: what it has acknowledged is gone after a restart. Nothing is ever dropped to make room;
 * when `maxBytes` is reached new events are refused.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): EventLog {
  return new MemoryEventLog(options.maxBytes ?? 268_435_456);
}
