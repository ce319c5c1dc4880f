import { payloads } from "@sessionhook/fixtures";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEvent } from "../parse-event.js";
import { scanEvent } from "./scan-event.js";

const encoder = new TextEncoder();
const finalized = () => JSON.stringify(payloads.full("identity.session.finalized"));
const type = "identity.session.finalized";

/** Scans a body; returns true if the scanner accepts it. Fails unless parsing then accepts it too, with the same type. */
function scanned(body: Uint8Array): boolean {
  const found = scanEvent(body);
  if (found !== undefined) {
    const parsed = parseEvent(body);
    expect(parsed.status).toBe("accepted");
    expect(parsed).toMatchObject({ event: { type: found } });
  }
  return found !== undefined;
}
const scannedText = (text: string) => scanned(encoder.encode(text));

/** Returns an event with this JSON text among the properties that a site may fill freely. */
const holding = (json: string) => finalized().replace(/"props":\{[^}]*\}/, () => `"props":{"any":${json}}`);

const events = payloads.types.flatMap((type) => [
  payloads.full(type),
  payloads.minimal(type),
  payloads.olderEnvelope(type),
]);

describe("the scanner accepts a valid event", () => {
  it.each(events.map((event) => [event.type, event] as const))("is seen to be: %s", (type, event) => {
    for (const text of [
      JSON.stringify(event),
      JSON.stringify(event, null, 2),
      JSON.stringify(event, null, "\t\r\n"),
    ])
      for (const body of [text, ` \n${text}\r\n\t`, `\ufeff${text}`])
        expect(scanEvent(encoder.encode(body))).toBe(type);
  });

  it("with unknown fields, in any order of fields, and as a view into a larger buffer", () => {
    expect(scannedText(JSON.stringify(payloads.withUnknownFields()))).toBe(true);
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .toReversed()
          .map(([key, inner]) => [key, reversed(inner)]),
      );
    };
    expect(scannedText(JSON.stringify(reversed(JSON.parse(finalized()))))).toBe(true);
    const padded = encoder.encode(`}}${finalized()}}}`);
    expect(scanned(padded.subarray(2, -2))).toBe(true);
    expect(scanned(padded.subarray(2, -1))).toBe(false);
  });

  it("with any text, at any size", () => {
    for (const text of [
      "é",
      "漢字",
      "😀",
      "\u2028",
      "\u007f",
      '"',
      "\\",
      "/",
      "\n",
      "\u0000",
      "\ud800",
      "x".repeat(700_000),
    ])
      expect(scannedText(holding(JSON.stringify(text)))).toBe(true);
    for (const escaped of ["\\/", "\\b", "\\u00e9", "\\uD83D\\uDE00", "\\uDEAD"])
      expect(scannedText(holding(`"${escaped}"`))).toBe(true);
    for (let length = 65_530; length < 65_542; length++) {
      const missing = length - encoder.encode(holding('""')).length;
      expect(scannedText(holding(JSON.stringify("x".repeat(missing))))).toBe(true);
    }
  });

  it("with any key in fields whose keys are free, and with the usual nesting and digits", () => {
    for (const key of ["", "a\\b", 'a"b', "é", "type", "__proto__", "\n"]) {
      const props = JSON.stringify({ [key]: 1 });
      expect(scannedText(finalized().replace(/"props":\{[^}]*\}/, () => `"props":${props}`))).toBe(true);
    }
    for (const number of ["9".repeat(64), `-0.${"9".repeat(61)}`, "0", "-0", "0.0"])
      expect(scannedText(holding(number))).toBe(true);
    // The object that holds it is a level itself.
    expect(scannedText(holding("[".repeat(63) + "]".repeat(63)))).toBe(true);
    expect(scannedText(holding("[".repeat(64) + "]".repeat(64)))).toBe(false);
  });

  it("with any JSON except numbers with an exponent in free-form fields", () => {
    const usual = fc
      .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, "\t"))
      .map(([value, space]) => JSON.stringify(value, null, space))
      .filter((json) => !/\de/.test(json));
    fc.assert(
      fc.property(usual, (json) => {
        expect(scannedText(holding(json))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

/** An event with these bytes where its site may put any text. */
const [before, after] = holding('"@@"')
  .split("@@")
  .map((part) => encoder.encode(part)) as [Uint8Array, Uint8Array];
const spelling = (bytes: ArrayLike<number>) => Uint8Array.from([...before, ...Array.from(bytes), ...after]);

describe("the scanner leaves to parseEvent", () => {
  it.each([
    "01",
    "-",
    "-01",
    ".5",
    "1.",
    "+1",
    "1e5",
    "1E5",
    "1e999",
    "0x1",
    "NaN",
    "Infinity",
    "1.2.3",
    "--1",
    "1_0",
    "9".repeat(65),
    `0.${"9".repeat(63)}`,
    "9".repeat(400),
    "nul",
    "nulls",
    "True",
    "truefalse",
    "undefined",
    "'a'",
    '"a',
    '"\\x"',
    '"\\u12g4"',
    '"\\u123"',
    '"\t"',
    '"\u0000"',
    "[1,]",
    "[,1]",
    "[1 2]",
    "[1;2]",
    "[1x2]",
    '{"a":1;"b":2}',
    '{"a":1x"b":2}',
    "[",
    "]",
    "{a:1}",
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{"a":1 "b":2}',
    '{"a":1]',
    "[1}",
    "{,}",
    "1,,2",
    "/* */1",
    "",
    "\u00a01",
    "\ufeff1",
    "\v1",
    "[".repeat(65) + "]".repeat(65),
    `${'{"a":'.repeat(65)}1${"}".repeat(65)}`,
  ])("an event that contains %j", (json) => {
    expect(scannedText(holding(json))).toBe(false);
  });

  it.each([
    ["an overlong form", [0xc0, 0xaf]],
    ["another overlong form", [0xc1, 0xbf]],
    ["one of three bytes", [0xe0, 0x9f, 0xbf]],
    ["one of four bytes", [0xf0, 0x8f, 0xbf, 0xbf]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["a code point beyond the last", [0xf4, 0x90, 0x80, 0x80]],
    ["an invalid first byte", [0xf5, 0x80, 0x80, 0x80]],
    ["a continuation byte alone", [0x80]],
    ["two bytes, truncated", [0xc3]],
    ["three bytes, truncated", [0xe2, 0x82]],
    ["four bytes, truncated", [0xf0, 0x9f, 0x98]],
    ["an invalid third byte", [0xe2, 0x82, 0x41]],
    ["an invalid fourth byte", [0xf0, 0x9f, 0x98, 0x41]],
  ])("bytes that are not UTF-8: %s", (_, bytes) => {
    expect(scanned(spelling(bytes))).toBe(false);
    expect(scanned(spelling([0x41]))).toBe(true);
  });

  it("bytes from 0x80 on unless they are valid UTF-8", () => {
    for (const edge of [
      0x80, 0x7ff, 0x800, 0xfff, 0x1000, 0xcfff, 0xd000, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x3ffff, 0x40000,
      0x10ffff,
    ])
      expect(scanned(spelling(encoder.encode(String.fromCodePoint(edge))))).toBe(true);
    const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0x80, max: 0xff }), { minLength: 1, maxLength: 5 }), (some) => {
        const middle = Uint8Array.from(some);
        let valid = true;
        try {
          strict.decode(middle);
        } catch {
          valid = false;
        }
        expect(scanned(spelling(middle))).toBe(valid);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["an unknown type", finalized().replace(type, "identity.session.started")],
    ["no type", finalized().replace(`"type":"${type}",`, "")],
    ["a type in escaped letters", finalized().replace('"identity', '"\\u0069dentity')],
    ["a second type", finalized().replace(/}$/, ',"type":"identity.resolved"}')],
    ["a second type in escaped letters", finalized().replace(/}$/, ',"\\u0074ype":"x"}')],
    ["a field that is invalid when it is repeated", finalized().replace(/}$/, ',"created":null}')],
    ["a required field only in escaped letters", finalized().replace('"eventCount"', '"event\\u0043ount"')],
    ["an integer with a fraction", finalized().replace(/"created":\d+/, '"created":1.5')],
    ["an integer written as 1.0", finalized().replace(/"created":\d+/, '"created":1.0')],
    ["a semicolon between fields", finalized().replace('","type"', '";"type"')],
    ["a semicolon between known fields", finalized().replace(/("eventCount":\d+),/, "$1;")],
    ["a semicolon between items", finalized().replace(/"specialties":\[("[^"]*")/, '"specialties":["a";$1')],
    ["an equals sign behind a key", finalized().replace('"eventCount":', '"eventCount"=')],
    ["a list", `[${finalized()}]`],
    ["two events", `${finalized()}${finalized()}`],
    ["text after it", `${finalized()}x`],
    ["a NUL after it", `${finalized()}\u0000`],
    ["two byte order marks", `\ufeff\ufeff${finalized()}`],
    ["white space before the mark", ` \ufeff${finalized()}`],
    ["nothing", ""],
    ["white space", " \n"],
    ["text", '"x"'],
  ])("%s", (_, text) => {
    expect(scannedText(text)).toBe(false);
  });

  it("an event that is truncated at any byte", () => {
    const body = encoder.encode(finalized());
    for (let length = 0; length < body.length; length++)
      expect(scanned(body.subarray(0, length))).toBe(false);
  });

  it("a truncated body, even directly after a complete one", () => {
    const text = finalized();
    expect(scannedText(text)).toBe(true);
    for (const length of [1, 100, text.length - 1]) expect(scannedText(text.slice(0, length))).toBe(false);
    expect(scannedText(text)).toBe(true);
  });
});

describe("bytes that were changed", () => {
  const telling = fc.constantFrom(
    ...encoder.encode('{}[]",:\\ \n\t0123456789-.eEnulltruefas_'),
    0,
    0x1f,
    0x7f,
    0x80,
    0xc3,
    0xe2,
    0xff,
  );
  const edit = fc.record({
    at: fc.nat(),
    remove: fc.nat({ max: 3 }),
    insert: fc.array(fc.oneof(telling, fc.integer({ min: 0, max: 255 })), { maxLength: 3 }),
  });

  it("are never accepted unless parsing accepts them too", () => {
    const count = { yes: 0, no: 0 };
    fc.assert(
      fc.property(
        fc.constantFrom(...events),
        fc.array(edit, { minLength: 1, maxLength: 3 }),
        (event, edits) => {
          const bytes = [...encoder.encode(JSON.stringify(event))];
          for (const { at, remove, insert } of edits) bytes.splice(at % bytes.length, remove, ...insert);
          count[scanned(Uint8Array.from(bytes)) ? "yes" : "no"]++;
        },
      ),
      { numRuns: 20_000 },
    );
    // Without many examples of both, the property would prove nothing.
    expect(count.yes).toBeGreaterThan(200);
    expect(count.no).toBeGreaterThan(2000);
  });
});
