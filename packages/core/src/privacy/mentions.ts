/** Finds a text where it stands alone: not as a part of a longer address, name or identifier. */
export interface Mention {
  /** ASCII texts in lower case that every body with this mention contains, whatever its JSON or its URLs escape. */
  readonly pieces: readonly string[];
  occursIn(text: string): boolean;
}

/** Characters of an address and of a word in a path: before one of them, the text would be the end of a longer one. */
const before = String.raw`(?:(?<=%[0-9a-f]{2})|(?<=\\[nrtbf])|(?<![\p{L}\p{N}._%+-]))`;

export function mentionOfEmail(address: string): Mention {
  return mention([address], before, String.raw`(?![\p{L}\p{N}_-]|\.[\p{L}\p{N}])`);
}

/** @param paths what follows `linkedin.com`, in its different spellings */
export function mentionOfProfile(paths: readonly string[]): Mention {
  const texts = paths.map((path) => `linkedin.com${path}`);
  return mention(texts, String.raw`(?<![\p{L}\p{N}-])`, String.raw`(?![\p{L}\p{N}_%-])`);
}

function mention(texts: readonly string[], start: string, end: string): Mention {
  const pattern = new RegExp(`${start}(?:${texts.map(escaped).join("|")})${end}`, "iu");
  return { pieces: piecesOf(texts[0] ?? ""), occursIn: (text) => pattern.test(text) };
}

/** URLs percent-encode these characters, and JSON may put a backslash before a slash. */
const spellings: Readonly<Record<string, string>> = {
  "@": "(?:@|%40)",
  "+": String.raw`(?:\+|%2b)`,
  "/": String.raw`(?:\\?\/|%2f)`,
};

function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, (char) => spellings[char] ?? `\\u{${codeOf(char)}}`);
}

function codeOf(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16);
}

/** Returns the ASCII pieces of a text. A percent sign or a character outside of ASCII has several spellings: no piece reaches across it. */
export function piecesOf(text: string): readonly string[] {
  const [ascii = ""] = /^[^%\u0080-\u{10ffff}]*/u.exec(text) ?? [];
  return [...new Set(ascii.toLowerCase().match(/[a-z0-9._-]+/g))];
}
