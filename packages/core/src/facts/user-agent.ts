import { maxFactLength } from "./limits.js";
import { remembering } from "./remembering.js";

export interface UserAgent {
  readonly type: (typeof deviceTypes)[number];
  readonly browser: string | undefined;
  readonly os: string | undefined;
}

export const deviceTypes = ["desktop", "mobile", "tablet", "bot"] as const;

/** The first that matches counts: most browsers also name those they descend from. */
const browserPatterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["Edge", /\bEdg(?:e|A|iOS)?\//],
  ["Opera", /\b(?:OPR|OPT|Opera)\//],
  ["Samsung Internet", /\bSamsungBrowser\//],
  ["Vivaldi", /\bVivaldi\//],
  ["Yandex", /\bYaBrowser\//],
  ["DuckDuckGo", /\b(?:DuckDuckGo|Ddg)\//],
  ["Firefox", /\b(?:Firefox|FxiOS)\//],
  ["Chrome", /\b(?:Chrome|CriOS|Chromium)\//],
  ["Safari", /\bVersion\/.*\bSafari\//],
];

const systemPatterns: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["iOS", /\b(?:iPhone|iPad|iPod)\b/],
  ["Android", /\bAndroid\b/],
  ["Windows", /\bWindows\b/],
  ["ChromeOS", /\bCrOS\b/],
  ["macOS", /\bMac(?:intosh| OS X)\b/],
  ["Linux", /\bLinux\b/],
];

export const browsers: readonly string[] = browserPatterns.map(([name]) => name);
export const systems: readonly string[] = systemPatterns.map(([name]) => name);

/** Words of programs that say what they are. */
const program =
  /(?<!\bcu)bot\b|crawler|spider|slurp|headless|curl\/|wget\/|python-|http-?client|\+https?:\/\//i;
/** These have the user agent of a tablet, but no touchscreen. */
const television = /\bAndroid\b.*(?:TV\b|\b(?:BRAVIA|Chromecast|CrKey|AFT[A-Z\d]+)\b)/;
/** Internet Explorer writes `Tablet PC 2.0` on any Windows computer with support for pens. */
const tablet = /\biPad\b|\bTablet\b(?! PC)|\bAndroid\b(?!.*\bMobile\b)/;
const mobile = /\bMobile\b|\biPhone\b|\biPod\b|\bAndroid\b/;

/** Reads kind of device, browser and system from a user agent. Only its first 2,048 characters count. */
export function readUserAgent(text: string): UserAgent {
  return text.length > maxFactLength ? read(text.slice(0, maxFactLength)) : known(text);
}

function read(agent: string): UserAgent {
  const find = (patterns: typeof browserPatterns) => patterns.find(([, pattern]) => pattern.test(agent))?.[0];
  return { type: typeOf(agent), browser: find(browserPatterns), os: find(systemPatterns) };
}

const known = remembering(read);

function typeOf(agent: string): UserAgent["type"] {
  if (program.test(agent)) return "bot";
  if (television.test(agent)) return "desktop";
  if (tablet.test(agent)) return "tablet";
  return mobile.test(agent) ? "mobile" : "desktop";
}
