/** Names of characters that a copy, a shell or a file leaves at the ends of a value. */
const names: Readonly<Record<string, string>> = {
  "%": "%, which zsh prints after output without a newline",
  ";": "a semicolon",
  ",": "a comma",
  ".": "a full stop",
  ":": "a colon",
  "\\": "a backslash",
  "\uFEFF": "a byte order mark",
};

const atStart = /^[\s"'`´“”„‘’‚«»‹›(<[{\uFEFF\u200B-\u200F\u2060]/;
const atEnd = /(?:\\[nrt0]|[\s"'`´“”„‘’‚«»‹›)>\]}%;,.:&|#\\\uFEFF\u200B-\u200F\u2060])$/;
const variable =
  /^["']?(?:export$|(?:(?:export|set|env)\s+)?(?!WH(?:SEC|PK|SK)_)[A-Z]+(?:_[A-Z]+)+["']?\s*[=:])/;

/**
 * Finds what a copy, a shell or a file format has left around a secret or token.
 * @returns a predicate such as `ends with a comma; remove it`, to be put after a subject; undefined if there is nothing.
 * It never quotes the value
 */
export function leftoverOf(value: string): string | undefined {
  if (variable.test(value))
    return "begins with the name of a variable; remove the name and the = or : after it";
  if (/^bearer(?:\s|$)/i.test(value)) return "begins with Bearer; remove that word";
  if (/^(?:\$(?:\{\w+\}|\(.+\)|[A-Z_]+)|\{\{.*\}\})$/.test(value))
    return "is a reference that nothing has replaced by its value";
  if (/^\{.*"/s.test(value)) return "is JSON; give only the value that is in it";
  const start = atStart.exec(value)?.[0];
  if (start !== undefined) return `begins with ${nameOf(start)}; remove it`;
  const end = atEnd.exec(value)?.[0];
  return end === undefined ? undefined : `ends with ${nameOf(end)}; remove it`;
}

/** As `leftoverOf`, for a signing secret, which also shows by its prefix where it begins. */
export function secretLeftoverOf(secret: string): string | undefined {
  if (/^v1a?,?$/.test(secret) || /^v1a?,\s*wh/.test(secret))
    return "begins with v1, which belongs to a signature; remove it and the comma";
  if (/\.{3}|…|\*{3}|•/.test(secret)) return "is masked or cut: some characters are replaced; copy all of it";
  const leftover = leftoverOf(secret);
  if (leftover !== undefined) return leftover;
  const prefix = /wh(?:sec|pk|sk)_/i.exec(secret);
  if (prefix === null) return undefined;
  if (prefix.index > 0) return `has other text before ${prefix[0]}; remove that text`;
  if (prefix[0] !== prefix[0].toLowerCase())
    return `must begin with ${prefix[0].toLowerCase()} in lower case`;
  return /%(?:2[BF]|3D)/i.test(secret)
    ? "is percent-encoded; replace %2B by +, %2F by / and %3D by ="
    : undefined;
}

function nameOf(text: string): string {
  if (text in names) return names[text] as string;
  if (text.startsWith("\\")) return `a literal ${text}`;
  if (/["'`´“”„‘’‚«»‹›]/.test(text)) return `a quote (${text})`;
  if (/[()<>[\]{}&|#]/.test(text)) return `the character ${text}`;
  if (/\s/.test(text)) return "white space";
  return `an invisible character (U+${text.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")})`;
}
