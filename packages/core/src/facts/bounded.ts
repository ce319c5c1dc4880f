import type { FactType } from "./definition.js";
import { maxFactLength, maxListEntries, maxListLength } from "./limits.js";

/** Returns the value as a fact of its type, within the limits; undefined if it is of another type or empty. */
export function bounded(value: unknown, type: FactType): string | number | boolean | string[] | undefined {
  switch (type) {
    case "string":
      return text(value);
    case "number":
      // Adding 0 makes 0 of -0, which JSON cannot distinguish.
      return typeof value === "number" && Number.isFinite(value) ? value + 0 : undefined;
    case "boolean":
      return typeof value === "boolean" ? value : undefined;
    case "string[]":
      return list(value);
  }
}

/** Databases and UTF-8 cannot hold a lone surrogate, and PostgreSQL no NUL: both become U+FFFD. */
function text(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  let found = value.trim();
  if (found.length > maxFactLength) found = cut(found).trimEnd();
  if (found === "") return undefined;
  if (!found.isWellFormed()) found = found.toWellFormed();
  return found.includes("\0") ? found.replaceAll("\0", "\uFFFD") : found;
}

/** Cuts between two characters, never inside a surrogate pair. */
function cut(long: string): string {
  const last = long.charCodeAt(maxFactLength - 1);
  return long.slice(0, last >= 0xd800 && last <= 0xdbff ? maxFactLength - 1 : maxFactLength);
}

function list(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const found: string[] = [];
  let length = 0;
  for (const entry of value as readonly unknown[]) {
    const fits = text(entry);
    if (fits === undefined) continue;
    length += fits.length;
    if (found.length === maxListEntries || length > maxListLength) break;
    found.push(fits);
  }
  return found.length === 0 ? undefined : found;
}
