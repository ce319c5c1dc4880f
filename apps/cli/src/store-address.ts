import { ConfigurationError } from "@sessionhook/core";
import { defaultStoreAddress, parseStoreAddress, type StoreAddress } from "@sessionhook/stores/address";
import { usageError } from "./cli-error.js";
import { setting, type Shell } from "./shell.js";

/**
 * Returns the store that SESSIONHOOK_STORE names.
 * @throws CliError for an invalid address
 */
export function storeAddress(shell: Shell): StoreAddress {
  try {
    return parseStoreAddress(setting(shell, "SESSIONHOOK_STORE") ?? defaultStoreAddress);
  } catch (error) {
    if (!ConfigurationError.isInstance(error)) throw error;
    throw usageError(`SESSIONHOOK_STORE ${error.message}`);
  }
}
