import { ConfigurationError } from "@sessionhook/core";
import { defaultStoreAddress, parseStoreAddress, type StoreAddress } from "@sessionhook/stores/address";
import { usageError } from "./cli-error.js";
import type { Shell } from "./shell.js";

/**
 * Returns the store that SESSIONHOOK_STORE names.
 * @throws CliError for an invalid address
 */
export function storeAddress(shell: Shell): StoreAddress {
  const address = shell.env["SESSIONHOOK_STORE"]?.trim();
  if (address === "")
    throw usageError(
      `SESSIONHOOK_STORE is set but empty; unset it for ${defaultStoreAddress}, or name a store`,
    );
  try {
    return parseStoreAddress(address ?? defaultStoreAddress);
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    throw usageError(`SESSIONHOOK_STORE ${error.message}`);
  }
}
