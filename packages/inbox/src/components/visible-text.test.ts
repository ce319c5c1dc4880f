import { expect, test } from "vitest";
import { VisibleText, visibleText } from "./visible-text.js";

test.each([
  ["a\u202eb\u2066c", "a⟨U+202E⟩b⟨U+2066⟩c"],
  ["\u0000\u001b[31m\u007f\u0085", "⟨U+0000⟩⟨U+001B⟩[31m⟨U+007F⟩⟨U+0085⟩"],
  ["a\nb\tc\r", "a\\nb\\tc\\r"],
  ["\ufeff\u200b\u00ad\u2028", "⟨U+FEFF⟩⟨U+200B⟩⟨U+00AD⟩⟨U+2028⟩"],
  ["\ud800x", "⟨U+D800⟩x"],
  ["👩\u200d🚀 שלום نص 日本", "👩\u200d🚀 שלום نص 日本"],
  ["\u202e\u200d\u202e", "⟨U+202E⟩\u200d⟨U+202E⟩"],
  [`e${"\u0300".repeat(205)}a`, `e${"\u0300".repeat(5)}⟨U+0300 × 200⟩a`],
  ["e\u0300\u0301\u0300\u0301\u0300\u0301\u0302", "e\u0300\u0301\u0300\u0301\u0300⟨U+0301⟩⟨U+0302⟩"],
  [
    "e\u0300\u200d\u0300\u200c\u200d\u0300\u0300\u0300\u200d\u0300",
    "e\u0300\u200d\u0300\u200c\u200d\u0300\u0300\u0300\u200d⟨U+0300⟩",
  ],
  ["a\u200d\u200c\u200d\u0300", "a\u200d\u200c⟨U+200D⟩\u0300"],
  ["Việt Nguyê\u0303n שִׁ֥ क्षि བསྒྲུབས ที่ ❤️ 1️⃣ 👨‍👩‍👧", "Việt Nguyê\u0303n שִׁ֥ क्षि བསྒྲུབས ที่ ❤️ 1️⃣ 👨‍👩‍👧"],
])("%j shows as %s", (text, shown) => {
  expect(visibleText(text)).toBe(shown);
  const html = String(VisibleText({ text }));
  expect(html.replaceAll(/<[^>]*>/g, "")).toBe(shown);
  expect(html.includes("hidden-character")).toBe(text !== shown);
});

test("keepLines leaves line breaks and tabs unchanged", () => {
  expect(String(VisibleText({ text: "a\n\tb\u0007", keepLines: true }))).toBe(
    'a\n\tb<span class="hidden-character">⟨U+0007⟩</span>',
  );
});

test("many marks and joiners are read in linear time", () => {
  const begun = performance.now();
  for (const text of ["\u0300\u200d", "\u0300", "\u200d", "\u0300\u0301"]) visibleText(text.repeat(100_000));
  visibleText(`${"\u200d".repeat(100_000)}${"\u0300".repeat(100_000)}`);
  visibleText(`\u0300${"\u200d".repeat(1000)}`.repeat(300));
  expect(performance.now() - begun).toBeLessThan(5000);
});
