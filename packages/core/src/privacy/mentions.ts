import { PlainText, withoutOuterEscapes } from "./escapes.js";

/** Finds a text where it stands alone: not as a part of a longer address, name or identifier. */
export interface Mention {
  /** ASCII texts in lower case that every body with this mention contains, unless it spells letters or digits as escapes. */
  readonly pieces: readonly string[];
  occursIn(text: string): boolean;
}

/** Before one of these characters, the text would be the end of a longer address. */
const before = String.raw`(?<![\p{L}\p{N}._%+-])`;
/** In a text with escapes, the bytes of letters, digits, `-` and `_`, and of everything outside of ASCII. */
const ofName = "%(?:25)*(?:2d|3[0-9]|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9a]|[89a-f][0-9a-f])";

export function mentionOfEmail(address: string): Mention {
  return mention([address], before, String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`);
}

/** @param paths what follows `linkedin.com`, in its different spellings */
export function mentionOfProfile(paths: readonly string[]): Mention {
  const texts = paths.map((path) => `linkedin.com${path}`);
  return mention(texts, String.raw`(?<![\p{L}\p{N}-])`, String.raw`(?![\p{L}\p{N}_-]|${ofName})`);
}

function mention(texts: readonly string[], start: string, end: string): Mention {
  const pattern = new RegExp(`${start}(?:${texts.map(literal).join("|")})${end}`, "iu");
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
    yield layer.text;
    const next = withoutOuterEscapes(layer);
    if (next.text === layer.text) return;
    layer = next;
  }
}

function literal(text: string): string {
  return text.replaceAll(/[^]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Returns the ASCII pieces of a text: words, since every other character has several spellings, and a percent sign or one outside of ASCII more. */
export function piecesOf(text: string): readonly string[] {
  const [ascii = ""] = /^[^%\u0080-\u{10ffff}]*/u.exec(text) ?? [];
  return [...new Set(ascii.toLowerCase().match(/[a-z0-9]+/g))];
}
