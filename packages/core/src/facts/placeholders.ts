/** Ids that trackers write for a missing one: they connect strangers. Browsers and proxies remove `.` and `..` from a path. */
const placeholders = new Set(["", ".", "..", "undefined", "null", "none", "unknown", "n/a", "nan", "0"]);

/** Returns an id; undefined for a placeholder. */
export function realId(id: string | undefined): string | undefined {
  return id === undefined || placeholders.has(id.trim().toLowerCase()) ? undefined : id;
}
