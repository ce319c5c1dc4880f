import { getLogger, type Logger } from "@logtape/logtape";

/** Never logs payload values, addresses of destinations or texts of errors that others made. */
export const log: Logger = getLogger(["sessionhook", "delivery"]);

/** Returns what may be logged of an error: its code, or the name of its class. */
export function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "unknown";
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  return typeof code === "string" ? code : typeof name === "string" ? name : "unknown";
}
