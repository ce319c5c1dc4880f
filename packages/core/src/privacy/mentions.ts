import { layersOf } from "./layers.js";

/** Finds a text where it stands alone: not as a part of a longer address, name or identifier. */
export interface Mention {
  /** ASCII texts in lower case that every body with this mention contains, unless it spells letters or digits as escapes. */
  readonly pieces: readonly string[];
  occursIn(text: string): boolean;
}

/** A percent sign of a URL; a URL inside of URLs has `%25` for it, `%2525` for that. The limit makes a search linear. */
const percent = "%(?:25){0,4}";
/** Characters of an address and of a word in a path: before one of them, the text would be the end of a longer one. */
const before = String.raw`(?:(?<=${percent}[0-9a-f]{2})|(?<=\\[nrtbf])|(?<![\p{L}\p{N}._%+-]))`;
/** The bytes of letters, digits, `-` and `_`, and of everything outside of ASCII. */
const ofName = "(?:2d|3[0-9]|4[1-9a-f]|5[0-9a]|5f|6[1-9a-f]|7[0-9a]|[89a-f][0-9a-f])";

export function mentionOfEmail(address: string): Mention {
  return mention([address], before, String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`);
}

/** @param paths what follows `linkedin.com`, in its different spellings */
export function mentionOfProfile(paths: readonly string[]): Mention {
  const texts = paths.map((path) => `linkedin.com${path}`);
  const start = String.raw`(?:(?<=${percent}[0-9a-f]{2})|(?<![\p{L}\p{N}-]))`;
  return mention(texts, start, String.raw`(?![\p{L}\p{N}_-]|${percent}${ofName})`);
}

function mention(texts: readonly string[], start: string, end: string): Mention {
  const spellings = texts.flatMap((text) => [text, withBytes(text)]).map(escaped);
  const pattern = new RegExp(`${start}(?:${[...new Set(spellings)].join("|")})${end}`, "iu");
  return {
    pieces: piecesOf(texts[0] ?? ""),
    occursIn: (text) => {
      for (const layer of layersOf(text)) if (pattern.test(layer)) return true;
      return false;
    },
  };
}

const encoder = new TextEncoder();

/** Percent-encodes what is outside of ASCII. */
function withBytes(text: string): string {
  return text.replaceAll(/[\u0080-\u{10ffff}]/gu, (char) =>
    Array.from(encoder.encode(char), (byte) => `%${byte.toString(16)}`).join(""),
  );
}

/**
 * Returns a pattern of a text: URLs may percent-encode any of its characters, and JSON may escape it; in a body that is not JSON, the
 * escape is still there.
 */
function escaped(text: string): string {
  return text.replaceAll(/[^]/gu, (char) => {
    const code = codeOf(char);
    if (char === "%") return percent;
    if (code.length > 2) return `\\u{${code}}`;
    const plain = char === "/" ? String.raw`\\?\/` : `\\u{${code}}`;
    const codes = [...new Set([char.toLowerCase(), char.toUpperCase()].map(codeOf))].join("|");
    return String.raw`(?:${plain}|(?:${percent}|\\u00)(?:${codes}))`;
  });
}

function codeOf(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).padStart(2, "0");
}

/** Returns the ASCII pieces of a text: words, since every other character has several spellings, and a percent sign or one outside of ASCII more. */
export function piecesOf(text: string): readonly string[] {
  const [ascii = ""] = /^[^%\u0080-\u{10ffff}]*/u.exec(text) ?? [];
  return [...new Set(ascii.toLowerCase().match(/[a-z0-9]+/g))];
}
