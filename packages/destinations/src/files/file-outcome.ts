import type { Outcome } from "@sessionhook/core";

const codes: Readonly<Record<string, string>> = {
  ENOSPC: "disk_full",
  EDQUOT: "disk_full",
  EACCES: "not_permitted",
  EPERM: "not_permitted",
  EROFS: "not_permitted",
  NotCapable: "not_permitted",
  PermissionDenied: "not_permitted",
  ENOTDIR: "not_a_folder",
  EEXIST: "not_a_folder",
  EMFILE: "too_many_open_files",
  ENFILE: "too_many_open_files",
};

/** An operator must fix these; the destination is blocked until then. */
const blocking = new Set(["disk_full", "not_permitted", "not_a_folder"]);

/** Returns the outcome of a failed write, without the message of the error: it contains paths. */
export function fileOutcome(error: unknown): Outcome {
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  const known = codes[String(code)] ?? codes[String(name)] ?? "io_error";
  return { outcome: blocking.has(known) ? "blocked" : "retry", reason: { code: known } };
}
