const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** Returns the English name of a country from its ISO 3166-1 alpha-2 code; any other text unchanged. */
export function countryName(code: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Returns one or two letters for an avatar: of the first and the last word; empty without letters and digits. */
export function initials(name: string): string {
  const letters = name
    .slice(0, 200)
    .split(/[\s.@_-]+/u)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? "")
    .filter((letter) => letter !== "");
  const [first = "", ...others] = letters;
  return (first + (others.at(-1) ?? "")).toUpperCase();
}

/** Returns a number below `count` that depends only on the text. */
export function bucketOf(text: string, count: number): number {
  let hash = 7;
  for (let i = 0; i < text.length && i < 100; i++) hash = (hash * 31 + text.charCodeAt(i)) % 65_521;
  return hash % count;
}
