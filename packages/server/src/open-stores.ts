import { resolve } from "node:path";
import { ConfigurationError, type EventLog, type FactStore, StoreError } from "@sessionhook/core";
import { type Settings, SettingsError } from "@sessionhook/app";
import { openFactStore, openStore, type StoreAddress, type StoreObserver } from "@sessionhook/stores";
import { fileErrorCode, reasonOf, userId } from "@sessionhook/stores/file-error";
import { Outages } from "./outages.js";
import { settleAll } from "./settle-all.js";
import { ThreadWriter } from "./writer/thread-writer.js";

/** The open store of a server, and its writer in a worker thread if it has one. */
export interface OpenStores {
  readonly store: EventLog;
  /** Undefined for a store without derived tables. */
  readonly facts: FactStore | undefined;
  readonly writer: ThreadWriter | undefined;
  /**
   * Finishes the writes that have begun and closes everything, also after a part of it has failed.
   * @throws StuckThread if the writing thread does not end; or the error of what cannot be closed
   */
  readonly close: () => Promise<void>;
  /** Eight zero bytes shared by the threads that write. */
  readonly turns: SharedArrayBuffer;
  /** Lets the writing thread copy a long write-ahead log into the database. */
  readonly checkpoint: () => void;
  /** For further connections to the store. */
  readonly outages: Outages;
  /** Waits for a further part of the start; if it fails, closes the stores. */
  readonly closeOnFailure: <T>(part: Promise<T>) => Promise<T>;
}

/**
 * Opens the store of the settings, with a writer in a worker thread if `writerThread` is true and the store is SQLite.
 * A store in memory can only be written in this thread.
 * @throws SettingsError for an address that cannot be used
 * @throws StoreError if the store cannot be opened; for SQLite with the path, and the user for a refused file
 */
export async function openStores(
  { store: address, onInvalid }: Settings,
  { writerThread, onWarning }: { writerThread: boolean; onWarning: (warning: string) => void },
): Promise<OpenStores> {
  const outages = new Outages();
  const turns = new SharedArrayBuffer(8);
  const store = await open(address, { onOutage: outages.connection(), onWarning });
  const writer =
    writerThread && address.scheme === "sqlite"
      ? new ThreadWriter({ path: address.path, onInvalid, turns }, outages.connection())
      : undefined;
  let facts: FactStore | undefined;
  const close = async () => {
    const written = writer?.close();
    await written?.catch(() => undefined);
    await settleAll([written, facts?.close(), store.close()]);
  };
  const closeOnFailure = async <T>(part: Promise<T>): Promise<T> =>
    part.catch(async (error: unknown) => {
      // The first error is the cause.
      await close().catch(() => undefined);
      throw error;
    });
  facts = await closeOnFailure(
    openFactStore(address, store, { alreadyChecked: true, onOutage: outages.connection() }),
  );
  return {
    store,
    facts,
    writer,
    turns,
    close,
    // Only the thread has the log copied; it does so after a write, such as that of this check.
    checkpoint: () => void writer?.checkWritable().catch(() => undefined),
    outages,
    closeOnFailure,
  };
}

async function open(address: StoreAddress, observer: StoreObserver): Promise<EventLog> {
  try {
    return await openStore(address, observer);
  } catch (error) {
    if (ConfigurationError.isInstance(error))
      throw new SettingsError([{ name: "SESSIONHOOK_STORE", message: error.message }]);
    if (!StoreError.isInstance(error) || address.scheme !== "sqlite") throw error;
    throw new StoreError(error.code, storeFailure(error, resolve(address.path)), { cause: error });
  }
}

function storeFailure({ message, cause }: StoreError, path: string): string {
  if (fileErrorCode(cause) !== undefined) return `${path} or its folder cannot be used: ${reasonOf(cause)}`;
  return `${message} (${[path, userId()].filter((part) => part !== undefined).join(", ")})`;
}
