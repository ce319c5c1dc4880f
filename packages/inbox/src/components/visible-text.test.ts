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
