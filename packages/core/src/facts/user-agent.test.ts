import { expect, it } from "vitest";
import { readUserAgent } from "./user-agent.js";

const win = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";
const iphone =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const ipad = "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";

it.each([
  [`${win} ${webkit} Chrome/141.0.0.0 Safari/537.36`, "desktop", "Chrome", "Windows"],
  [`${win} ${webkit} Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`, "desktop", "Edge", "Windows"],
  [`${win} ${webkit} Chrome/141.0.0.0 Safari/537.36 OPR/120.0.0.0`, "desktop", "Opera", "Windows"],
  [
    `${mac} AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15`,
    "desktop",
    "Safari",
    "macOS",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0", "desktop", "Firefox", "Linux"],
  [
    `Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${webkit} Chrome/141.0.0.0 Safari/537.36`,
    "desktop",
    "Chrome",
    "ChromeOS",
  ],
  [`${iphone} Version/18.6 Mobile/15E148 Safari/604.1`, "mobile", "Safari", "iOS"],
  [`${iphone} CriOS/141.0.7390.41 Mobile/15E148 Safari/604.1`, "mobile", "Chrome", "iOS"],
  [`${iphone} FxiOS/144.0 Mobile/15E148 Safari/605.1.15`, "mobile", "Firefox", "iOS"],
  [`${ipad} Version/17.5 Mobile/15E148 Safari/604.1`, "tablet", "Safari", "iOS"],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/141.0.0.0 Mobile Safari/537.36`,
    "mobile",
    "Chrome",
    "Android",
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${webkit} Chrome/141.0.0.0 Safari/537.36`,
    "tablet",
    "Chrome",
    "Android",
  ],
  [
    `Mozilla/5.0 (Linux; Android 10; K) ${webkit} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    "mobile",
    "Samsung Internet",
    "Android",
  ],
  ["Mozilla/5.0 (Android 14; Tablet; rv:144.0) Gecko/144.0 Firefox/144.0", "tablet", "Firefox", "Android"],
  [
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; SLCC2; Tablet PC 2.0; rv:11.0) like Gecko",
    "desktop",
    undefined,
    "Windows",
  ],
  ["Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "bot", undefined, undefined],
  ["curl/8.14.1", "bot", undefined, undefined],
  [`${win} ${webkit} HeadlessChrome/141.0.0.0 Safari/537.36`, "bot", undefined, "Windows"],
  ["something else", "desktop", undefined, undefined],
])("reads %s", (agent, type, browser, os) => {
  expect(readUserAgent(agent)).toEqual({ type, browser, os });
});

it.each(["BRAVIA 4K UR2", "Chromecast", "Android TV", "MiTV-AXSO0", "AFTKA Build/PS7624", "SMART-TV"])(
  "takes the television %s for no tablet",
  (model) => {
    const agent = `Mozilla/5.0 (Linux; Android 9; ${model}) ${webkit} Chrome/141.0.0.0 Safari/537.36`;
    expect(readUserAgent(agent)).toEqual({ type: "desktop", browser: "Chrome", os: "Android" });
  },
);

it("reads 2,048 characters only, so that a long text takes no time", () => {
  const started = performance.now();
  expect(readUserAgent(`${"Version/ Android ".repeat(100_000)}Firefox/1`).browser).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(1000);
});
