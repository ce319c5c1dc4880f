/** Ids that trackers write for a missing one: they connect strangers. Browsers and proxies remove `.` and `..` from a path. */
const placeholders = new Set(["", ".", "..", "undefined", "null", "none", "unknown", "n/a", "nan", "0"]);

/** Returns an id; undefined for a placeholder. */
export function realId(id: string | undefined): string | undefined {
  return id === undefined || placeholders.has(id.trim().toLowerCase()) ? undefined : id;
}

/** Texts that templates and analytics tools write into a campaign parameter without a value. */
const noOrigin = new Set(["", "(direct)", "(none)", "(not set)", "(not provided)", "null", "undefined"]);

/** Returns the value of a campaign parameter; undefined for a placeholder. */
export function realOrigin(value: string | undefined): string | undefined {
  return value === undefined || noOrigin.has(value.trim().toLowerCase()) ? undefined : value;
}
