/** Texts for sessions without a value, by the part of the origin. The inbox has the same. */
const texts: Readonly<Record<string, string>> = {
  source: "Direct",
  medium: "No medium",
  campaign: "No campaign",
  landingPage: "Unknown",
  referrer: "No referrer",
  country: "Unknown",
};

/** Returns the text for sessions without a value in this part of the origin. */
export function withoutValue(part: string): string {
  return texts[part] ?? "(none)";
}
