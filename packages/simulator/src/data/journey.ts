import type { Channel } from "./channels.js";

/** One visit of the journey. */
export interface JourneyVisit {
  /** Index of the person in `journeyTitles`. */
  readonly who: number;
  /** Its begin as a share of the time. */
  readonly at: number;
  readonly channel: Omit<Channel, "weight">;
  readonly paths: readonly string[];
  /** False while the provider does not know the person yet. */
  readonly identified?: false;
  readonly submits?: true;
}

const direct = { referrers: [null] };
const chat = { referrers: ["https://app.slack.com/"] };
const search = { referrers: ["https://www.google.com/"] };
const ad = {
  referrers: ["https://www.linkedin.com/"],
  source: "linkedin",
  medium: "paid_social",
  campaigns: ["abm_tier1"],
  contents: ["document_ad"],
};
const launch = {
  referrers: ["https://www.linkedin.com/"],
  source: "linkedin",
  medium: "social",
  campaigns: ["integrations-launch"],
  contents: ["founder_post"],
};
const invite = {
  referrers: [null],
  source: "newsletter",
  medium: "email",
  campaigns: ["webinar-invite"],
};

/** The company whose people return until one of them books a demo; fictitious. */
export const journeyCompany = {
  name: "Halden Robotics",
  city: "München",
  industry: "Machinery Manufacturing",
};

/** Job titles of its people. */
export const journeyTitles: readonly string[] = [
  "Head of Growth",
  "Revenue Operations Manager",
  "Staff Software Engineer",
  "VP Sales",
  "CFO",
];

const story = "/customers/logistics-at-scale";

/** From a blog post to a booked demo. */
export const journey: readonly JourneyVisit[] = [
  { who: 0, at: 0.04, channel: ad, paths: ["/blog/attribution-without-cookies", "/product"] },
  { who: 0, at: 0.1, channel: search, paths: ["/", "/product", "/customers"] },
  { who: 0, at: 0.17, channel: direct, paths: ["/product", "/product/integrations", story] },
  {
    who: 1,
    at: 0.24,
    channel: chat,
    paths: ["/product/integrations", "/docs/quickstart"],
    identified: false,
  },
  { who: 1, at: 0.31, channel: direct, paths: ["/docs/quickstart", "/product/integrations", "/pricing"] },
  { who: 2, at: 0.38, channel: chat, paths: ["/docs/quickstart", "/docs/api/events"], identified: false },
  {
    who: 2,
    at: 0.45,
    channel: search,
    paths: ["/docs/api/events", "/blog/webhooks-done-right", "/security", "/docs/quickstart"],
  },
  { who: 0, at: 0.56, channel: launch, paths: ["/product/integrations", "/pricing", story] },
  { who: 3, at: 0.63, channel: chat, paths: ["/", "/customers", story, "/pricing"] },
  { who: 2, at: 0.68, channel: direct, paths: ["/security", "/docs/api/events"] },
  { who: 1, at: 0.73, channel: direct, paths: ["/pricing", "/product/integrations", "/pricing"] },
  { who: 4, at: 0.79, channel: chat, paths: ["/pricing", "/security", "/customers"] },
  { who: 0, at: 0.85, channel: invite, paths: ["/demo", "/pricing", "/customers"] },
  { who: 3, at: 0.9, channel: direct, paths: ["/pricing", story, "/pricing"] },
  { who: 4, at: 0.935, channel: direct, paths: ["/pricing", "/security"] },
  { who: 1, at: 0.965, channel: direct, paths: ["/pricing", "/security", "/product/integrations"] },
  { who: 0, at: 0.985, channel: direct, paths: ["/pricing", "/customers", "/demo"], submits: true },
];
