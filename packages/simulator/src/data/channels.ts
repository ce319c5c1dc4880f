export interface Channel {
  readonly weight: number;
  readonly referrers: readonly (string | null)[];
  readonly source?: string;
  readonly medium?: string;
  readonly campaigns?: readonly string[];
  readonly terms?: readonly string[];
  readonly contents?: readonly string[];
  readonly click?: "gclid" | "fbclid";
}

const brandCampaigns = [
  "brand_search",
  "competitors_q4",
  "retargeting_30d",
  "spring-launch",
  "größen-aktion",
];

export const channels: readonly Channel[] = [
  { weight: 32, referrers: [null] },
  { weight: 24, referrers: ["https://www.google.com/"] },
  { weight: 4, referrers: ["https://www.bing.com/", "https://duckduckgo.com/"] },
  {
    weight: 12,
    referrers: ["https://www.google.com/"],
    source: "google",
    medium: "cpc",
    campaigns: brandCampaigns,
    terms: ["webhook receiver", "visitor identification", "b2b intent data", "standing desk oak"],
    contents: ["rsa_headline_2", "sitelink_pricing"],
    click: "gclid",
  },
  {
    weight: 8,
    referrers: ["https://l.facebook.com/", "https://l.instagram.com/", null],
    source: "facebook",
    medium: "paid_social",
    campaigns: ["lookalike_1pct", "retargeting_30d", "video_views_top"],
    contents: ["carousel_a", "carousel_b", "story_9x16"],
    click: "fbclid",
  },
  {
    weight: 6,
    referrers: ["https://www.linkedin.com/"],
    source: "linkedin",
    medium: "paid_social",
    campaigns: ["abm_tier1", "cfo-persona-emea"],
    contents: ["document_ad", "single_image_3"],
  },
  {
    weight: 6,
    referrers: [null, "https://mail.google.com/"],
    source: "newsletter",
    medium: "email",
    campaigns: ["2026-01-product-news", "welcome_series_3", "webinar_invite"],
  },
  { weight: 5, referrers: ["https://www.linkedin.com/", "https://lnkd.in/", "https://t.co/"] },
  { weight: 2, referrers: ["https://chatgpt.com/"], source: "chatgpt.com" },
  {
    weight: 1,
    referrers: ["https://reviews.example/compare/workflow-tools"],
    source: "reviews",
    medium: "referral",
    campaigns: ["category_leaders"],
  },
];
