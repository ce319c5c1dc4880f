/** Formats a number with thousands separators: `1,234`. */
export function formatCount(count: number): string {
  return count.toLocaleString("en");
}

/** Formats a number with its noun: `1,234 events`, `1 event`. */
export function formatPlural(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/** Formats a size in bytes with powers of 1000: `731 B`, `12.4 kB`, `1.0 MB`, `2.4 GB`. */
export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_950) return `${(bytes / 1000).toFixed(1)} kB`;
  return bytes < 999_950_000 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** Formats a large number with three digits at most: `12.4K`, `3M`. */
export function formatCompact(count: number): string {
  return count.toLocaleString("en", { notation: "compact", maximumSignificantDigits: 3 });
}

/** Formats an amount in US dollars: `$12.4M`. */
export function formatDollars(amount: number): string {
  const options = { style: "currency", currency: "USD", notation: "compact" } as const;
  return amount.toLocaleString("en", { ...options, maximumSignificantDigits: 3 });
}

/** Formats a change in percent with its sign: `+4.2%`, `−3%`, `±0%`. */
export function formatChange(percent: number): string {
  const size = Math.abs(percent).toLocaleString("en", { maximumFractionDigits: 1 });
  return `${size === "0" ? "±" : percent > 0 ? "+" : "−"}${size}%`;
}
