/** `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}

/** `1,234 events`, `1 event`. */
export function formatPlural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A length in bytes: `731 B`, `12.4 kB`, `1.0 MB` (powers of 1000). */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
