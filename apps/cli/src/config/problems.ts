import type { ConfigFileError } from "@sessionhook/app/load-config";

/** Returns the JSON document for an invalid configuration file. */
export function problemDocument({ problems, message }: ConfigFileError) {
  return {
    valid: false,
    error: { code: "invalid_config", message },
    problems: problems.map(({ name, key, message, position }) => ({
      file: position === undefined ? name : name.replace(/:\d+:\d+$/, ""),
      key,
      line: position?.line ?? null,
      column: position?.column ?? null,
      message,
    })),
  };
}
