import type { EventLog } from "@sessionhook/core";
import type { D1Binding } from "./d1/binding.js";
import { D1EventLog } from "./d1/store.js";

export type { D1Binding, D1BoundStatement, D1Rows } from "./d1/binding.js";
export { maxD1BodyBytes } from "./d1/append-events.js";

export interface D1StoreOptions {
  /** The D1 binding of the Worker, such as `env.DB`. */
  readonly database: D1Binding;
}

/**
 * A store in a Cloudflare D1 database. Its tables are made, and upgraded, by the first call of each
 * isolate; several isolates may do so at once. No call waits for a promise of another, so one store may
 * serve all requests of an isolate.
 *
 * Limits of D1 (https://developers.cloudflare.com/d1/platform/limits/): a row holds 2,000,000 bytes, so
 * bodies go up to {@link maxD1BodyBytes}; `append` sends two statements an event, and one invocation of
 * a Worker may run 1000 (50 on the free plan), so batches go up to 499 events (24).
 *
 * Methods reject with `StoreError`: `store_unavailable` where D1 does not answer or refuses,
 * `store_foreign` where the database has tables of these names that are not ours, `store_too_new` where
 * a newer version has been at work. Nothing is touched in the last two.
 */
export function createD1Store(options: D1StoreOptions): EventLog {
  return new D1EventLog(options.database);
}
