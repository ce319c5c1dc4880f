const regions = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });

/** Returns the English name of a country from its ISO 3166-1 alpha-2 code; any other text unchanged. */
export function countryName(text: string): string {
  const code = text.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) return text;
  try {
    return regions.of(code) ?? text;
  } catch {
    return text;
  }
}
