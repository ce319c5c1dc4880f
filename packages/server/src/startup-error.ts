import { SettingsError } from "@sessionhook/app";
import { StoreError } from "@sessionhook/core";
import { fileErrorCode, reasonOf } from "@sessionhook/stores/file-error";

/** Returns the message for an error that ended the start; a stack only for errors that no user can cause. */
export function explain(error: unknown): string {
  const permission = missingPermission(error);
  if (permission !== undefined) return `Deno does not permit it: ${permission}`;
  if (SettingsError.isInstance(error))
    return `cannot start with these settings\n${error.message.replaceAll(/^/gm, "  ")}`;
  if (StoreError.isInstance(error)) return `cannot open the store (${error.code}): ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  if (fileErrorCode(error) === undefined) return error.stack ?? error.message;
  const { path, syscall } = error as NodeJS.ErrnoException;
  return `cannot start: ${[syscall, path].filter((part) => part !== undefined).join(" ")}: ${reasonOf(error)}`;
}

/** Returns Deno's message about a missing permission from the chain of causes; it names the flag. */
export function missingPermission(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return error.name === "NotCapable" ? error.message : missingPermission(error.cause);
}
