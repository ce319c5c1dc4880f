import type { EventLog } from "@sessionhook/core";
import type { D1Binding } from "./d1/binding.js";
import { D1EventLog } from "./d1/store.js";

export type { D1Binding, D1BoundStatement, D1Rows } from "./d1/binding.js";
export { maxD1BodyBytes } from "./d1/append-events.js";

export interface D1StoreOptions {
  /** The Worker's D1 binding, such as `env.DB`. */
  readonly database: D1Binding;
}

/**
 * Creates a store in a Cloudflare D1 database. The first call in each isolate creates or upgrades the tables;
 * several isolates may do so at once. No call waits for a promise of another call, so one store may serve all
 * requests of an isolate.
 *
 * Limits of D1 (https://developers.cloudflare.com/d1/platform/limits/): a row has at most 2,000,000 bytes, so a
 * body may have {@link maxD1BodyBytes}. `append` sends two statements per event, and a Worker invocation may run
 * 1000 (50 on the free plan), so a batch may have 499 events (24).
 *
 * Methods reject with `StoreError`: `store_unavailable` when D1 fails or does not respond, `store_foreign` when the
 * database has tables of another program with our names, `store_too_new` when a newer version has upgraded the
 * tables. With the last two, the database is not changed.
 */
export function createD1Store(options: D1StoreOptions): EventLog {
  return new D1EventLog(options.database);
}
