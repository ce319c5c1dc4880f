/** Parts of the origin of a session, in the order in which people see them. SQLite stores the index: append, never reorder. */
export const attributionKeys = [
  "source",
  "medium",
  "campaign",
  "landingPage",
  "referrer",
  "country",
] as const;
export type AttributionKey = (typeof attributionKeys)[number];
