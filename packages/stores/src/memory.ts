import { ConfigurationError, type DeliveryStore, type EventLog, type FactStore } from "@sessionhook/core";
import { DeliveryData } from "./memory/deliveries/data.js";
import { MemoryDeliveryStore } from "./memory/deliveries/store.js";
import { memoryFactsOf } from "./memory/facts/data.js";
import { MemoryFactStore } from "./memory/facts/store.js";
import type { MemoryLog } from "./memory/log.js";
import { MemoryEventLog } from "./memory/store.js";

export interface MemoryStoreOptions {
  /**
   * Maximum number of bytes (bodies plus 1 KiB per row); beyond it `append` rejects with `store_unavailable`.
   * Default 268435456 (256 MiB).
   */
  readonly maxBytes?: number;
}

/**
 * Creates a store in memory for trials and tests. Events are lost when the process ends. By itself the store deletes nothing:
 * when `maxBytes` is reached, it rejects new events. Its delivery store can delete old ones.
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

const deliveriesOf = new WeakMap<MemoryLog, DeliveryData>();

/**
 * Creates the delivery store of a store in memory. All delivery stores of one event log have the same deliveries.
 * @throws ConfigurationError `invalid_option` for an event log that is not in memory
 */
export function createMemoryDeliveryStore(eventLog: EventLog | undefined): DeliveryStore {
  const log = logOf(eventLog);
  const data = deliveriesOf.get(log) ?? new DeliveryData(log);
  deliveriesOf.set(log, data);
  return new MemoryDeliveryStore(data);
}

/**
 * Creates the fact store of a store in memory. All fact stores of one event log have the same rows, and its delivery store
 * writes them.
 * @throws ConfigurationError `invalid_option` for an event log that is not in memory
 */
export function createMemoryFactStore(eventLog: EventLog | undefined): FactStore {
  return new MemoryFactStore(memoryFactsOf(logOf(eventLog)));
}

function logOf(eventLog: EventLog | undefined): MemoryLog {
  if (eventLog instanceof MemoryEventLog) return eventLog.log;
  throw new ConfigurationError("invalid_option", "The event log is not one of createMemoryStore");
}

/** @internal Returns the rows of an event log and what its delivery stores share; undefined before the first of them. */
export function memoryOf(eventLog: EventLog | undefined): { log: MemoryLog; data: DeliveryData | undefined } {
  const log = logOf(eventLog);
  return { log, data: deliveriesOf.get(log) };
}
