/** The match of an expression, and its groups. */
type Groups = readonly [string, ...(string | undefined)[]];

/** A text whose escapes can be replaced. */
export interface EscapedText<Text> {
  readonly text: string;
  /** Replaces backslashes before a letter or a digit that escape nothing. */
  readonly looseBackslashes: string;
  /** Replaces every match. */
  replace(expression: RegExp, replacement: (groups: Groups) => string): Text;
}

/** A text of which only the characters matter. */
export class PlainText implements EscapedText<PlainText> {
  /** They separate words. */
  readonly looseBackslashes = "\\";
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  replace(expression: RegExp, replacement: (groups: Groups) => string): PlainText {
    return new PlainText(
      this.text.replaceAll(expression, (...groups) => replacement(groups as unknown as Groups)),
    );
  }
}

/**
 * Returns the text without its outer layer of escapes; an equal text if it has none. Escapes of JSON, programming languages and HTML
 * are decoded first, then those of URLs, because a URL within JSON or HTML is the inner one. Takes linear time and does not
 * lengthen the text.
 */
export function withoutOuterEscapes<Text extends EscapedText<Text>>(text: Text): Text {
  const next = fromHtml(fromBackslashes(text));
  return next.text === text.text ? fromPercents(text) : next;
}

/**
 * The escapes of JSON and most languages; `\xNN` and octal ones in a row can be UTF-8, as in Python and Protocol Buffers.
 * JSON within JSON doubles backslashes: a run of them counts as one, and those that escape nothing are left out.
 */
const backslashes =
  /((?:\\+(?:x[\da-f]{2}|[0-3][0-7]{2}))+)|\\+u(?:\{([\da-f]{1,6})\}|([\da-f]{4}))|\\+(?:([nrtbfv])|(?=([\p{L}\p{N}]))|)/giu;

function fromBackslashes<Text extends EscapedText<Text>>(text: Text): Text {
  return text.replace(backslashes, ([, bytes, point, unit, blank, next]) => {
    if (bytes !== undefined) return fromBytes(bytes.match(/x[\da-f]{2}|[0-7]{3}/gi) ?? []);
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    if (point !== undefined) return fromCodePoint(Number.parseInt(point, 16));
    if (blank !== undefined) return " ";
    return next === undefined ? "" : text.looseBackslashes;
  });
}

function fromBytes(numbers: readonly string[]): string {
  return fromUtf8(
    numbers.map((text) => (/^x/i.test(text) ? Number.parseInt(text.slice(1), 16) : Number.parseInt(text, 8))),
  );
}

/** The escapes of URLs, and those of JavaScript's `escape`. */
const percents = /((?:%[\da-f]{2})+)|%u([\da-f]{4})/gi;

function fromPercents<Text extends EscapedText<Text>>(text: Text): Text {
  return text.replace(percents, ([, bytes, unit]) => {
    if (bytes === undefined) return String.fromCharCode(Number.parseInt(String(unit), 16));
    const numbers = bytes.slice(1).split("%");
    return fromUtf8(numbers.map((hex) => Number.parseInt(hex, 16)));
  });
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Returns the text of bytes in UTF-8, otherwise in Latin-1. */
function fromUtf8(bytes: readonly number[]): string {
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((byte) => String.fromCharCode(byte)).join("");
  }
}

const references = /&#(\d{1,8});?|&#x([\da-f]{1,8});?|&([a-z][a-z0-9]{1,7});/gi;

function fromHtml<Text extends EscapedText<Text>>(text: Text): Text {
  return text.replace(references, ([whole, decimal, hex, name]) => {
    if (decimal !== undefined) return fromCodePoint(Number(decimal));
    if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
    return name === undefined ? whole : (named.get(name) ?? accented(name) ?? whole);
  });
}

function fromCodePoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
}

/** https://html.spec.whatwg.org/multipage/named-characters.html: those that names, addresses and URLs have. */
const names = `amp & AMP & lt < LT < gt > GT > quot " QUOT " apos ' sol / bsol \\ colon : semi ; comma , period . quest ? excl !
  num # equals = plus + lowbar _ hyphen \u2010 dash \u2010 ndash \u2013 mdash \u2014 commat @ percnt % dollar $ ast *
  lpar ( rpar ) lsqb [ lbrack [ rsqb ] rbrack ] lcub { lbrace { rcub } rbrace } grave \` vert | verbar | Hat ^
  lsquo \u2018 rsquo \u2019 ldquo \u201c rdquo \u201d sbquo \u201a bdquo \u201e laquo \u00ab raquo \u00bb
  middot \u00b7 acute \u00b4 reg \u00ae copy \u00a9 ordf \u00aa ordm \u00ba deg \u00b0 hellip \u2026
  szlig \u00df AElig \u00c6 aelig \u00e6 OElig \u0152 oelig \u0153 Oslash \u00d8 oslash \u00f8 ETH \u00d0 eth \u00f0
  THORN \u00de thorn \u00fe Lstrok \u0141 lstrok \u0142 Dstrok \u0110 dstrok \u0111 Hstrok \u0126 hstrok \u0127
  imath \u0131 inodot \u0131 IJlig \u0132 ijlig \u0133 kgreen \u0138 ENG \u014a eng \u014b`;
const named: ReadonlyMap<string, string> = new Map([
  ...Array.from(names.matchAll(/(\S+) (\S+)/g), ([, name = "", char = ""]) => [name, char] as const),
  ["nbsp", " "],
  ["NewLine", " "],
  ["Tab", " "],
]);

/** Combining characters by the ends of the names of letters, such as `eacute`. */
const accents: Readonly<Record<string, string>> = {
  acute: "\u0301",
  grave: "\u0300",
  circ: "\u0302",
  uml: "\u0308",
  tilde: "\u0303",
  ring: "\u030a",
  caron: "\u030c",
  cedil: "\u0327",
  breve: "\u0306",
  macr: "\u0304",
  ogon: "\u0328",
  dot: "\u0307",
  dblac: "\u030b",
};

function accented(name: string): string | undefined {
  const accent = Object.hasOwn(accents, name.slice(1)) ? accents[name.slice(1)] : undefined;
  return accent === undefined ? undefined : `${name.charAt(0)}${accent}`;
}
