import { ConfigurationError, type EventStore } from "@sessionhook/core/lean";
import type * as DynamoDb from "./dynamodb.js";

/** What a store reports while it is open. Only SQLite has something to report. */
export interface StoreObserver {
  /** Called with each new reason why the store cannot be used, and with undefined when it can be again. */
  readonly onOutage?: (reason: string | undefined) => void;
  /** Called with what an operator should know although the store can be used. */
  readonly onWarning?: (text: string) => void;
}

/** One driver per line: the scheme of its address, and how it is opened. Loaded only when it is asked for. */
const drivers: Readonly<Record<string, (address: string, observer: StoreObserver) => Promise<EventStore>>> = {
  memory: async () => (await import("./memory.js")).createMemoryStore(),
  sqlite: async (address, observer) => {
    const { openSqliteStore } = await import("./sqlite.js");
    return openSqliteStore({ ...observer, path: address.slice("sqlite:".length) });
  },
  dynamodb: async (address) => (await loadDynamoDb()).openDynamoDbAddress(address),
};

/**
 * Opens the store that an address names: `memory:`, `sqlite:<path>` or `dynamodb:<table>`.
 * @throws ConfigurationError `invalid_option` for an address no driver knows; StoreError as the driver says
 */
export async function openStore(address: string, observer: StoreObserver = {}): Promise<EventStore> {
  const scheme = /^([a-z][a-z0-9+]*):/.exec(address)?.[1] ?? "";
  const open = Object.hasOwn(drivers, scheme) ? drivers[scheme] : undefined;
  if (open !== undefined) return open(address, observer);
  const known = Object.keys(drivers).map((name) => `${name}:`);
  throw new ConfigurationError(
    "invalid_option",
    `No store driver for ${scheme}: – this app has ${known.join(", ")}`,
  );
}

async function loadDynamoDb(): Promise<typeof DynamoDb> {
  try {
    return await import("./dynamodb.js");
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    const message = "dynamodb: needs the package @aws-sdk/client-dynamodb, which is not installed";
    throw new ConfigurationError("invalid_option", message, { cause });
  }
}
