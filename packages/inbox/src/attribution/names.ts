import type { AttributionKey } from "@sessionhook/core";

interface Names {
  readonly title: string;
  /** Where a row has no value. */
  readonly none: string;
  /** Several values, for "12 other campaigns". */
  readonly many: string;
}

const names: Readonly<Record<AttributionKey, Names>> = {
  source: { title: "Source", none: "Direct", many: "sources" },
  medium: { title: "Medium", none: "No medium", many: "media" },
  campaign: { title: "Campaign", none: "No campaign", many: "campaigns" },
  landingPage: { title: "Landing page", none: "Unknown", many: "landing pages" },
  referrer: { title: "Referrer", none: "No referrer", many: "referrers" },
  country: { title: "Country", none: "Unknown", many: "countries" },
};

export function attributionNames(by: AttributionKey): Names {
  return names[by];
}
