/*
 * Scans JSON (RFC 8259) in UTF-8 bytes without building values. Each `after…` function takes the offset at which a
 * token begins and returns the offset after it, or `unsure`. The text must be followed by a 0 byte: it is invalid
 * everywhere in JSON, so that every loop stops there without a bounds check.
 */

/** Either not JSON, or JSON so unusual that `JSON.parse` must decide. */
export const unsure = -1;

/** Deeper nesting of arrays and objects is unusual. */
const maxDepth = 64;
/** Longer numbers, and those with an exponent, are unusual; all others are finite. */
const maxNumberLength = 64;

export const quote = 0x22;
export const comma = 0x2c;
const dot = 0x2e;
export const openBracket = 0x5b;
export const backslash = 0x5c;
export const closeBracket = 0x5d;
export const openBrace = 0x7b;
export const closeBrace = 0x7d;
/** First bytes of null, true and false. */
export const letterN = 0x6e;
const letterT = 0x74;
const letterF = 0x66;

/** Returns the offset after optional white space. */
export function afterSpace(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) > 0x20 ? at : afterSpaces(bytes, at);
}

function afterSpaces(bytes: Uint8Array, at: number): number {
  for (;;) {
    const byte = bytes[at];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at;
    at++;
  }
}

/** Returns the offset after exactly these bytes. */
export function afterBytes(bytes: Uint8Array, at: number, expected: Uint8Array): number {
  for (let i = 0; i < expected.length; i++) if (bytes[at + i] !== expected[i]) return unsure;
  return at + expected.length;
}

/** 1 for the bytes that need no escape in a string. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte < 0x80 && byte !== quote && byte !== backslash ? 1 : 0,
);

/** A separate loop over one variable: twice as fast as inside the outer loop. */
function afterPlain(bytes: Uint8Array, at: number): number {
  while (plain[bytes[at] as number] === 1) at++;
  return at;
}

/** @param at offset after the opening quote */
export function afterString(bytes: Uint8Array, at: number): number {
  const end = afterPlain(bytes, at);
  return bytes[end] === quote ? end + 1 : afterRestOfString(bytes, end);
}

function afterRestOfString(bytes: Uint8Array, at: number): number {
  for (;;) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    at = byte === backslash ? afterEscape(bytes, at + 1) : afterCodePoint(bytes, at);
    if (at === unsure) return unsure;
    at = afterPlain(bytes, at);
  }
}

/** @param at offset after the backslash */
function afterEscape(bytes: Uint8Array, at: number): number {
  const letter = String.fromCharCode(bytes[at] as number);
  if (letter !== "u") return '"\\/bfnrt'.includes(letter) ? at + 1 : unsure;
  const digits = String.fromCharCode(...bytes.subarray(at + 1, at + 5));
  return /^[0-9A-Fa-f]{4}$/.test(digits) ? at + 5 : unsure;
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

/** Scans a code point of two to four bytes (RFC 3629: no overlong form, no surrogate, nothing beyond U+10FFFF). */
function afterCodePoint(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0xc2 || first > 0xf4 || !isContinuation(bytes[at + 1])) return unsure;
  if (first < 0xe0) return at + 2;
  const second = bytes[at + 1] as number;
  if ((first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f)) return unsure;
  if (!isContinuation(bytes[at + 2])) return unsure;
  if (first < 0xf0) return at + 3;
  if ((first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f)) return unsure;
  return isContinuation(bytes[at + 3]) ? at + 4 : unsure;
}

/** Scans a number. The caller checks the byte after it, which rejects an exponent because it is not a comma. */
export function afterNumber(bytes: Uint8Array, at: number): number {
  const end = afterWhole(bytes, at);
  if (bytes[end] !== dot || end === at) return isUsual(at, end) ? end : unsure;
  const fraction = end + 1;
  const last = afterDigits(bytes, fraction);
  return last !== fraction && isUsual(at, last) ? last : unsure;
}

/** Scans an integer; the caller rejects a dot after it in the same way. */
export function afterInteger(bytes: Uint8Array, at: number): number {
  const end = afterWhole(bytes, at);
  return isUsual(at, end) ? end : unsure;
}

function isUsual(at: number, end: number): boolean {
  return end !== at && end - at <= maxNumberLength;
}

/** Returns the offset after the integer digits; `at` itself if there are none or they have a leading zero. */
function afterWhole(bytes: Uint8Array, at: number): number {
  const start = bytes[at] === 0x2d ? at + 1 : at;
  const end = afterDigits(bytes, start);
  return end === start || (end > start + 1 && bytes[start] === 0x30) ? at : end;
}

function afterDigits(bytes: Uint8Array, at: number): number {
  while (((bytes[at] as number) ^ 0x30) < 10) at++;
  return at;
}

const [nullBytes, trueBytes, falseBytes] = ["null", "true", "false"].map((word) =>
  new TextEncoder().encode(word),
) as [Uint8Array, Uint8Array, Uint8Array];

export function afterNull(bytes: Uint8Array, at: number): number {
  return afterBytes(bytes, at, nullBytes);
}

export function afterBoolean(bytes: Uint8Array, at: number): number {
  return afterBytes(bytes, at, bytes[at] === letterT ? trueBytes : falseBytes);
}

/** Scans any value. */
export function afterValue(bytes: Uint8Array, at: number, depth: number): number {
  const byte = bytes[at];
  if (byte === quote) return afterString(bytes, at + 1);
  if (byte === openBrace) return depth === maxDepth ? unsure : afterObject(bytes, at + 1, depth + 1);
  if (byte === openBracket) return depth === maxDepth ? unsure : afterArray(bytes, at + 1, depth + 1);
  if (byte === letterN) return afterNull(bytes, at);
  if (byte === letterT || byte === letterF) return afterBoolean(bytes, at);
  return afterNumber(bytes, at);
}

function afterObject(bytes: Uint8Array, at: number, depth: number): number {
  at = afterSpace(bytes, at);
  if (bytes[at] === closeBrace) return at + 1;
  for (;;) {
    if (bytes[at] !== quote) return unsure;
    at = afterString(bytes, at + 1);
    if (at !== unsure) at = afterColon(bytes, at);
    if (at !== unsure) at = afterValue(bytes, at, depth);
    if (at === unsure) return unsure;
    at = afterSpace(bytes, at);
    const byte = bytes[at];
    if (byte === closeBrace) return at + 1;
    if (byte !== comma) return unsure;
    at = afterSpace(bytes, at + 1);
  }
}

function afterArray(bytes: Uint8Array, at: number, depth: number): number {
  at = afterSpace(bytes, at);
  if (bytes[at] === closeBracket) return at + 1;
  for (;;) {
    at = afterValue(bytes, at, depth);
    if (at === unsure) return unsure;
    at = afterSpace(bytes, at);
    const byte = bytes[at];
    if (byte === closeBracket) return at + 1;
    if (byte !== comma) return unsure;
    at = afterSpace(bytes, at + 1);
  }
}

/** Returns the offset of the value of a key. @param at offset after the closing quote of the key */
export function afterColon(bytes: Uint8Array, at: number): number {
  at = afterSpace(bytes, at);
  return bytes[at] === 0x3a ? afterSpace(bytes, at + 1) : unsure;
}
