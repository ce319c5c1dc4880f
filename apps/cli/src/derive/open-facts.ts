import { resolve } from "node:path";
import type { FactStore } from "@sessionhook/core";
import { CliError, usageError } from "../cli-error.js";
import { requireDatabase, storeFailure } from "../database-file.js";
import type { Shell } from "../shell.js";
import { storeAddress } from "../store-address.js";

/** A busy app leaves the lock of SQLite free for moments only, and no request waits for a command. */
const busyTimeoutMs = 30_000;

/**
 * Runs a function with the derived tables of the store that SESSIONHOOK_STORE names.
 * @throws CliError for a store without derived tables, or one that cannot be opened
 */
export async function withFacts<T>(shell: Shell, use: (facts: FactStore) => Promise<T>): Promise<T> {
  const address = storeAddress(shell);
  if (address.scheme === "memory")
    throw usageError("SESSIONHOOK_STORE is memory: what is in it exists only in the process of the server");
  const store =
    address.scheme === "sqlite" ? { ...address, path: existingFile(shell, address.path) } : address;
  const { openFactStore } = await import("@sessionhook/stores");
  try {
    const facts = await openFactStore(store, undefined, { busyTimeoutMs, upgrade: false });
    if (facts === undefined) throw usageError("The store that SESSIONHOOK_STORE names has no derived tables");
    try {
      return await use(facts);
    } finally {
      await facts.close();
    }
  } catch (error) {
    throw error instanceof CliError
      ? error
      : storeFailure(error, store.scheme === "sqlite" ? store.path : undefined);
  }
}

function existingFile(shell: Shell, path: string): string {
  const file = resolve(shell.cwd, path);
  requireDatabase(file);
  return file;
}
