/** Formats a number with thousands separators: `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}

/** Formats a number with its noun: `1,234 events`, `1 event`. */
export function formatPlural(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** Formats a size in bytes with powers of 1000: `731 B`, `12.4 kB`, `1.0 MB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 999_950 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
