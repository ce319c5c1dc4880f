import {
  ConfigurationError,
  type DeliveryStore,
  type EventLog,
  type FactStore,
  type PrivacyStore,
} from "@sessionhook/core";
import { parseStoreAddress, type StoreAddress } from "./address.js";

export { dataFolderOf, defaultStoreAddress, parseStoreAddress, type StoreAddress } from "./address.js";

/** Receives what a store reports while it is open. Only SQLite has something to report. */
export interface StoreObserver {
  /** Called with each new reason why the store cannot be used, and with undefined when it can be again. */
  readonly onOutage?: (reason: string | undefined) => void;
  /** Called with what an operator should know although the store can be used. */
  readonly onWarning?: (text: string) => void;
}

/** Opens a further port to an open store. */
export interface PortOptions extends StoreObserver {
  /** True if this process has opened the event log of the address: its file is neither created nor checked again. */
  readonly alreadyChecked?: boolean | undefined;
  /** False: reject a SQLite file with an older schema, with `store_too_old`, instead of upgrading it. Default true. */
  readonly upgrade?: boolean | undefined;
  /** Milliseconds to wait while another process writes to a SQLite file, which blocks this process. Default 1000. */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens the store that an address names: `memory:`, `sqlite:<path>` or `dynamodb:<table>`. Loads only its driver.
 * @throws ConfigurationError `invalid_option` for an address that cannot be opened here; StoreError from the driver
 */
export async function openStore(
  address: string | StoreAddress,
  observer: StoreObserver = {},
): Promise<EventLog> {
  const parsed = typeof address === "string" ? parseStoreAddress(address) : address;
  switch (parsed.scheme) {
    case "memory":
      return (await import("./memory.js")).createMemoryStore();
    case "sqlite":
      return (await import("./sqlite.js")).openSqliteStore({ ...parsed, ...observer });
    case "dynamodb":
      return (await import("./dynamodb.js")).openDynamoDbStore(parsed);
    case "d1":
      throw new ConfigurationError("invalid_option", "d1: stores work only on Cloudflare Workers");
  }
}

/**
 * Opens the delivery store that belongs to the store at an address. Returns undefined for a store that has none yet: D1 and
 * DynamoDB.
 * @param eventLog the open event log of that address; only `memory:` needs it
 * @throws ConfigurationError `invalid_option` for `memory:` without its event log; StoreError from the driver
 */
export async function openDeliveryStore(
  address: string | StoreAddress,
  eventLog?: EventLog,
  options: PortOptions = {},
): Promise<DeliveryStore | undefined> {
  const parsed = typeof address === "string" ? parseStoreAddress(address) : address;
  switch (parsed.scheme) {
    case "memory":
      return (await import("./memory.js")).createMemoryDeliveryStore(eventLog);
    case "sqlite":
      return (await import("./sqlite.js")).openSqliteDeliveryStore({ ...parsed, ...options });
    default:
      return undefined;
  }
}

/**
 * Opens the fact store that belongs to the store at an address: sessions, people and companies. Returns undefined for a store
 * that has none yet: D1 and DynamoDB.
 * @param eventLog the open event log of that address; only `memory:` needs it
 * @throws ConfigurationError `invalid_option` for `memory:` without its event log; StoreError from the driver
 */
export async function openFactStore(
  address: string | StoreAddress,
  eventLog?: EventLog,
  options: PortOptions = {},
): Promise<FactStore | undefined> {
  const parsed = typeof address === "string" ? parseStoreAddress(address) : address;
  switch (parsed.scheme) {
    case "memory":
      return (await import("./memory.js")).createMemoryFactStore(eventLog);
    case "sqlite":
      return (await import("./sqlite.js")).openSqliteFactStore({ ...parsed, ...options });
    default:
      return undefined;
  }
}

/**
 * Opens the personal data of the store at an address. Returns undefined for a store that cannot export and erase it: D1 and
 * DynamoDB.
 * @param eventLog the open event log of that address; only `memory:` needs it
 * @param options.anySize erase in a SQLite database of any size, which can take minutes; for a process that serves no requests
 * @throws ConfigurationError `invalid_option` for `memory:` without its event log; StoreError from the driver
 */
export async function openPrivacyStore(
  address: string | StoreAddress,
  eventLog?: EventLog,
  options: PortOptions & { readonly anySize?: boolean } = {},
): Promise<PrivacyStore | undefined> {
  const parsed = typeof address === "string" ? parseStoreAddress(address) : address;
  switch (parsed.scheme) {
    case "memory":
      return (await import("./memory-privacy.js")).createMemoryPrivacyStore(eventLog);
    case "sqlite":
      return (await import("./sqlite-privacy.js")).openSqlitePrivacyStore({ ...parsed, ...options });
    default:
      return undefined;
  }
}
