import type { Channel } from "./channels.js";

/** Name of the customer whose website the history is about; fictitious. */
export const brand = "Copper Finch";

/** Weights of the next page of the software site: for a new visitor, and for one about to buy. */
export const pageWeights: Readonly<Record<string, readonly [early: number, late: number]>> = {
  "/": [9, 3],
  "/pricing": [3, 12],
  "/product": [8, 4],
  "/product/integrations": [5, 7],
  "/customers": [4, 5],
  "/customers/logistics-at-scale": [3, 5],
  "/blog": [4, 1],
  "/blog/attribution-without-cookies": [7, 1],
  "/blog/webhooks-done-right": [7, 1],
  "/docs/quickstart": [2, 6],
  "/docs/api/events": [1, 6],
  "/security": [1, 6],
  "/demo": [0.4, 4],
  "/signup": [0.4, 3],
};

export interface Campaign {
  /** Share of all arrivals by campaigns. */
  readonly weight: number;
  /** Its begin as a share of the time: 0.5 is the middle. Absent: it runs all the time. */
  readonly launch?: number;
  /** Time after the launch in which the arrivals halve, in hours. */
  readonly halfLifeHours?: number;
  /** Landing pages. */
  readonly landing: readonly string[];
  readonly channel: Omit<Channel, "weight">;
}

const google = { referrers: ["https://www.google.com/"], source: "google", medium: "cpc" } as const;
const linkedin = {
  referrers: ["https://www.linkedin.com/", "https://lnkd.in/"],
  source: "linkedin",
  medium: "paid_social",
} as const;
const newsletter = {
  referrers: [null, null, "https://mail.google.com/"],
  source: "newsletter",
  medium: "email",
} as const;

/** Campaigns of the customer: some run all the time, others have a launch with a spike. */
export const campaigns: readonly Campaign[] = [
  {
    weight: 18,
    landing: ["/", "/pricing"],
    channel: { ...google, campaigns: ["brand_search"], terms: ["copper finch"], click: "gclid" },
  },
  {
    weight: 14,
    landing: ["/", "/product", "/product/integrations"],
    channel: {
      ...google,
      campaigns: ["visitor-identification"],
      terms: ["visitor identification", "b2b intent data", "website visitor tracking"],
      contents: ["rsa_headline_2", "sitelink_pricing"],
      click: "gclid",
    },
  },
  {
    weight: 12,
    landing: ["/customers/logistics-at-scale", "/product"],
    channel: { ...linkedin, campaigns: ["abm_tier1"], contents: ["document_ad", "single_image_3"] },
  },
  {
    weight: 8,
    landing: ["/", "/pricing"],
    channel: {
      referrers: ["https://l.facebook.com/", "https://l.instagram.com/", null],
      source: "facebook",
      medium: "paid_social",
      campaigns: ["retargeting_30d"],
      contents: ["carousel_a", "carousel_b", "story_9x16"],
      click: "fbclid",
    },
  },
  {
    weight: 14,
    launch: 0.18,
    halfLifeHours: 14,
    landing: ["/blog/attribution-without-cookies", "/blog"],
    channel: { ...newsletter, campaigns: ["product-news"] },
  },
  {
    weight: 20,
    launch: 0.55,
    halfLifeHours: 26,
    landing: ["/product/integrations", "/"],
    channel: {
      ...linkedin,
      medium: "social",
      campaigns: ["integrations-launch"],
      contents: ["founder_post", "video_90s"],
    },
  },
  {
    weight: 12,
    launch: 0.56,
    halfLifeHours: 16,
    landing: ["/product/integrations"],
    channel: {
      referrers: ["https://www.producthunt.com/"],
      source: "producthunt",
      medium: "referral",
      campaigns: ["integrations-launch"],
    },
  },
  {
    weight: 10,
    launch: 0.84,
    halfLifeHours: 20,
    landing: ["/blog/webhooks-done-right", "/demo"],
    channel: { ...newsletter, campaigns: ["webinar-invite"] },
  },
];

/** Arrivals without a campaign. */
export const organic: readonly Channel[] = [
  { weight: 34, referrers: [null] },
  { weight: 30, referrers: ["https://www.google.com/"] },
  { weight: 5, referrers: ["https://www.bing.com/", "https://duckduckgo.com/"] },
  { weight: 7, referrers: ["https://www.linkedin.com/", "https://lnkd.in/"] },
  { weight: 4, referrers: ["https://news.ycombinator.com/", "https://t.co/", "https://www.reddit.com/"] },
  { weight: 5, referrers: ["https://chatgpt.com/"], source: "chatgpt.com" },
  {
    weight: 3,
    referrers: ["https://reviews.example/compare/visitor-identification"],
    source: "reviews",
    medium: "referral",
  },
];

/** Arrivals of visitors who know the site already. */
export const returning: readonly Channel[] = [
  { weight: 70, referrers: [null] },
  { weight: 18, referrers: ["https://www.google.com/"] },
  { weight: 6, referrers: ["https://mail.google.com/"] },
  { weight: 6, referrers: ["https://teams.microsoft.com/", "https://app.slack.com/"] },
];

/** First words of company names. */
export const companyWords: readonly string[] = `
Alder Amber Anchor Arbor Aspen Basalt Bluff Bramble Cairn Calder Cedar Cinder Clover Cobalt Coral Crest Delta Dune Ember Falcon
Fern Fjord Flint Forge Gale Garnet Glacier Granite Grove Harbor Haven Hazel Heron Hollow Horizon Indigo Iris Ivory Jasper Juniper
Kestrel Lagoon Lark Laurel Linden Lumen Maple Marble Meadow Mesa Mistral Nimbus Onyx Opal Orchard Osprey Pebble Pine Prairie Quartz
Quill Raven Reed Ridge River Rowan Saffron Sage Sierra Slate Solstice Sparrow Spruce Summit Tamarack Tern Thistle Timber Topaz
Tundra Umber Vale Verdant Vesper Violet Willow Wren Zephyr`
  .trim()
  .split(/\s+/);

/** Domains of free mailboxes whose provider issues no address with an underscore, so that such an address cannot exist. */
export const freemailHosts = ["gmail.com", "gmail.com", "gmail.com", "googlemail.com"];

/** Share of a day's visits by the hour at the visitor's place. */
export const hourWeights: readonly number[] = [
  0.6, 0.4, 0.3, 0.2, 0.3, 0.6, 1.4, 3, 6, 9, 10, 9.5, 7, 8, 9.5, 9, 8, 6, 4, 3.2, 3, 2.6, 1.8, 1,
];

/** Visits of a day relative to a usual one, from Sunday on. */
export const dayWeights: readonly number[] = [0.3, 1, 1.1, 1.15, 1.05, 0.85, 0.26];
