export interface Model {
  readonly weight: number;
  readonly mobile: boolean;
  /** Placeholders: `{c}` Chrome, `{f}` Firefox, `{s}` Safari version, `{i}` iOS as `18_5`. */
  readonly userAgent: string;
  readonly screens: readonly (readonly [number, number])[];
}

const windowsScreens = [
  [1920, 1080],
  [2560, 1440],
  [1536, 864],
  [1366, 768],
] as const;
const macScreens = [
  [1512, 982],
  [1440, 900],
  [1728, 1117],
  [2560, 1440],
] as const;
const iPhoneScreens = [
  [393, 852],
  [390, 844],
  [430, 932],
  [402, 874],
] as const;

const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const iPhone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS {i} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";

export const models: readonly Model[] = [
  {
    weight: 30,
    mobile: false,
    userAgent: `${windows} ${webkit} Chrome/{c}.0.0.0 Safari/537.36`,
    screens: windowsScreens,
  },
  {
    weight: 9,
    mobile: false,
    userAgent: `${windows} ${webkit} Chrome/{c}.0.0.0 Safari/537.36 Edg/{c}.0.0.0`,
    screens: windowsScreens,
  },
  {
    weight: 4,
    mobile: false,
    userAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{f}.0) Gecko/20100101 Firefox/{f}.0",
    screens: windowsScreens,
  },
  {
    weight: 18,
    mobile: false,
    userAgent: `${mac} ${webkit} Chrome/{c}.0.0.0 Safari/537.36`,
    screens: macScreens,
  },
  {
    weight: 9,
    mobile: false,
    userAgent: `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{s} Safari/605.1.15`,
    screens: macScreens,
  },
  {
    weight: 3,
    mobile: false,
    userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:{f}.0) Gecko/20100101 Firefox/{f}.0",
    screens: [
      [1920, 1080],
      [3840, 2160],
    ],
  },
  {
    weight: 14,
    mobile: true,
    userAgent: `${iPhone} Version/{s} Mobile/15E148 Safari/604.1`,
    screens: iPhoneScreens,
  },
  {
    weight: 11,
    mobile: true,
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/{c}.0.0.0 Mobile Safari/537.36`,
    screens: [
      [412, 915],
      [384, 832],
      [360, 800],
      [412, 892],
    ],
  },
  {
    weight: 2,
    mobile: true,
    userAgent: `${iPhone} Mobile/15E148 [LinkedInApp]/9.30.2091`,
    screens: iPhoneScreens,
  },
];

export interface Bot {
  readonly weight: number;
  readonly userAgent: string;
  readonly category: string;
  readonly asn: readonly [number, string];
}

/** Crawlers that identify themselves in the user agent, with their networks. */
export const bots: readonly Bot[] = [
  {
    weight: 5,
    userAgent:
      "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.7444.59 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    category: "Search Engine Crawler",
    asn: [15169, "Google LLC"],
  },
  {
    weight: 3,
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/136.0.0.0 Safari/537.36",
    category: "Search Engine Crawler",
    asn: [8075, "Microsoft Corporation"],
  },
  {
    weight: 2,
    userAgent:
      "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; OAI-SearchBot/1.0; +https://openai.com/searchbot",
    category: "AI Search",
    asn: [8075, "Microsoft Corporation"],
  },
  {
    weight: 1,
    userAgent: "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    category: "Search Engine Optimization",
    asn: [16276, "OVH SAS"],
  },
];
