import { PlainText, withoutOuterEscapes } from "./escapes.js";

/** Finds a text where it stands alone: not as a part of a longer address, name or identifier. */
export interface Mention {
  /** ASCII texts in lower case that every body with this mention contains, unless it spells letters or digits as escapes. */
  readonly pieces: readonly string[];
  occursIn(text: string): boolean;
}

/** Behind one of these, the text would be the end of a longer address, such as that of O'Neil. */
const before = String.raw`(?<![\p{L}\p{N}._%+-]|[\p{L}\p{N}]')`;
/** The next layer shows the character of an escape. */
const noEscape = String.raw`(?!%[\da-f]{2}|\\+[ux][\da-f]{2}|&#)`;

/** @param addresses the different spellings of one address */
export function mentionOfEmail(addresses: readonly string[]): Mention {
  return mention(addresses, before, String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`);
}

/** @param paths what follows `linkedin.com`, in its different spellings */
export function mentionOfProfile(paths: readonly string[]): Mention {
  const texts = paths.map((path) => `linkedin.com${path}`);
  return mention(texts, String.raw`(?<![\p{L}\p{N}-])`, String.raw`(?![\p{L}\p{N}_-])`);
}

/** @param paths of a profile, which a filter can have without the host */
export function mentionOfPath(paths: readonly string[]): Mention {
  return mention(paths, "", String.raw`(?![\p{L}\p{N}_-])`);
}

function mention(texts: readonly string[], start: string, end: string): Mention {
  const pattern = new RegExp(`${start}(?:${texts.map(literal).join("|")})${end}${noEscape}`, "iu");
  return {
    pieces: piecesOf(texts[0] ?? ""),
    occursIn: (text) => {
      for (const layer of layersOf(text)) if (pattern.test(layer)) return true;
      return false;
    },
  };
}

/** The limit bounds the cost of a hostile text: every layer is read once. */
const maxLayers = 16;

/** Yields a text and what remains of it after each layer of escapes, such as of a URL in the parameter of another one. */
function* layersOf(text: string): Generator<string> {
  let layer = new PlainText(text);
  for (let depth = 0; depth <= maxLayers; depth++) {
    yield layer.text.normalize("NFC");
    const next = withoutOuterEscapes(layer);
    if (next.text === layer.text) return;
    layer = next;
  }
}

function literal(text: string): string {
  return text.replaceAll(/[^]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/**
 * Returns the ASCII pieces of a text: words, since every other character has several spellings, and a percent sign, one outside of
 * ASCII or a domain in ASCII (`xn--…`) more.
 */
export function piecesOf(text: string): readonly string[] {
  const [ascii = ""] = /^(?:(?!xn--)[^%\u0080-\u{10ffff}])*/iu.exec(text) ?? [];
  return [...new Set(ascii.toLowerCase().match(/[a-z0-9]+/g))];
}
