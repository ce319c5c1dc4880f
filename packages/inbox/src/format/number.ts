/** Returns options for at most three digits: `12.4K`, and `1E15` from a thousand trillions on, for which there is no letter. */
function short(number: number): Intl.NumberFormatOptions {
  const notation = Math.abs(number) < 999.5e12 ? "compact" : "scientific";
  return { notation, maximumSignificantDigits: 3 };
}

/** Formats a number with thousands separators: `1,234`; from a trillion on with three digits: `1.23T`. */
export function formatCount(count: number): string {
  return Math.abs(count) < 1e12 ? count.toLocaleString("en") : formatCompact(count);
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
  return count.toLocaleString("en", short(count));
}

/** Formats an amount in US dollars: `$12.4M`. */
export function formatDollars(amount: number): string {
  return amount.toLocaleString("en", { ...short(amount), style: "currency", currency: "USD" });
}

/** Formats a change in percent with its sign: `+4.2%`, `−3%`, `±0%`. */
export function formatChange(percent: number): string {
  const absolute = Math.abs(percent);
  const size =
    absolute < 1e12 ? absolute.toLocaleString("en", { maximumFractionDigits: 1 }) : formatCompact(absolute);
  return `${size === "0" ? "±" : percent > 0 ? "+" : "−"}${size}%`;
}
