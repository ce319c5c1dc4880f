import { expect, it } from "vitest";
import { durationText, parseDuration, parseRate } from "./duration.js";

it.each([
  ["5 s", 5000],
  ["5s", 5000],
  ["100 ms", 100],
  ["1.5h", 5_400_000],
  ["30 min", 1_800_000],
  ["30m", 1_800_000],
  ["24h", 86_400_000],
  ["180d", 15_552_000_000],
  ["0.001s", 1],
  ["", undefined],
  ["5", undefined],
  ["5  s", undefined],
  ["-5 s", undefined],
  ["5 S", undefined],
  ["5 weeks", undefined],
  ["1e3 s", undefined],
  ["5s\n", undefined],
  ["5 s 3 ms", undefined],
  ["٣ s", undefined],
])("the duration %j is %s ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
  if (ms !== undefined) expect(parseDuration(durationText(ms))).toBe(ms);
});

it.each([
  ["20/s", 20],
  ["0.5/s", 0.5],
  ["120/min", 2],
  ["60 / m", 1],
  ["3600/h", 1],
  ["20", undefined],
  ["20/d", undefined],
  ["/s", undefined],
])("the rate %j is %s a second", (text, perSecond) => {
  expect(parseRate(text)).toBe(perSecond);
});
