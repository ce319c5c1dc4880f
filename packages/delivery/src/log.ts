import { StoreError } from "@sessionhook/core";
import { getLogger, type Logger } from "@logtape/logtape";

/** The logger of this package. Never log payload values, addresses of destinations or messages of foreign errors. */
export const log: Logger = getLogger(["sessionhook", "delivery"]);

/** Returns the part of an error that may be logged: its code, or the name of its class. */
export function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === "string" ? code : typeof name === "string" ? name : "unknown";
}

/** Returns what may be logged of a failure: the message of a store, which is made by us from codes, or `errorCode`. */
export function reasonOf(error: unknown): string {
  return StoreError.isInstance(error) ? error.message : errorCode(error);
}
