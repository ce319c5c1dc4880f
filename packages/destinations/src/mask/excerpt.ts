import { invisible } from "./invisible.js";
import { maskText } from "./mask-text.js";

/** Returns the texts that must not appear in an excerpt. Called for failures only. */
export type Mask = () => Iterable<string>;

const maxBytes = 1000;
/** Number of characters of an answer that are masked; the rest is cut off. */
const maxChars = 8 * 1024;

/** Returns the beginning of an answer on one line, at most 1 kB, masked for the given texts, addresses and tokens. */
export function excerptOf(text: string, cut: boolean, mask: Mask): string {
  if (text === "") return "";
  const shortened = cut || text.length > maxChars;
  const masked = maskText(text.slice(0, maxChars), shortened, mask());
  const line = masked.replaceAll(invisible, " ").trim();
  const bytes = new TextEncoder().encodeInto(line, new Uint8Array(maxBytes));
  return line.slice(0, bytes.read);
}
