/** Ranges of headcount, with the funding rounds and the US dollars that are usual for them. */
export const companySizes = [
  { weight: 34, min: 4, max: 49, rounds: ["Pre-Seed", "Seed", "Angel"], raised: 1.2e6 },
  { weight: 32, min: 50, max: 249, rounds: ["Seed", "Series A", "Series B"], raised: 18e6 },
  { weight: 22, min: 250, max: 1999, rounds: ["Series B", "Series C", "Debt Financing"], raised: 95e6 },
  {
    weight: 9,
    min: 2000,
    max: 14_999,
    rounds: ["Series D", "Private Equity", "Post-IPO Debt"],
    raised: 480e6,
  },
  { weight: 3, min: 15_000, max: 190_000, rounds: ["Post-IPO Equity", "Post-IPO Debt"], raised: 2.4e9 },
] as const;

export const investorNames = ["Northwind", "Beacon", "Älvsborg", "Halcyon", "Tidal", "Quercus", "Meridian"];
export const investorSuffixes = ["Ventures", "Capital", "Partners"];
