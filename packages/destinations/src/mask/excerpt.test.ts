import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf } from "./excerpt.js";

const mask = (text: string, ...secrets: string[]) => excerptOf(text, false, () => secrets);

describe("an excerpt", () => {
  it("leaves a text without secrets unchanged", () => {
    expect(mask('{"error":"invalid_field","message":"The field company is missing","code":42}')).toBe(
      '{"error":"invalid_field","message":"The field company is missing","code":42}',
    );
  });

  it.each([
    ["mail to Jane.Doe+x@mail.example.co.uk please", "mail to *** please"],
    ["jane%40example.com", "***"],
    ["jane\\u0040example.com", "***"],
    ["see https://user:pw@host.example/a/b?token=x now", "see https://*** now"],
    ["see https://host.example/services/T/B/x", "see https://host.example***"],
    ["Authorization: Bearer abc.def-ghi", "Authorization: ***"],
    ["authorization: basic dXNlcjpwdw==", "authorization: ***"],
    ["secret whsec_abc123= here", "secret *** here"],
    ["with xoxb-123-abc", "with ***"],
    ["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=", "***"],
    ["call +49 (30) 555-0123 now", "call *** now"],
    ["id 0123456789abcdef0123456789abcdef", "id ***"],
    ["see https:\\/\\/www.linkedin.com\\/in\\/jane-doe now", "see https:\\/\\/www.linkedin.com*** now"],
    ['{"url":"https:\\/\\/acme.com\\/u\\/jane?x=1"}', '{"url":"https:\\/\\/acme.com***"}'],
    ['{"url":"https:\\/\\/acme.com\\/u\\/jane%20doe?x=1"}', '{"url":"https:\\/\\/acme.com***"}'],
    ["https:&#x2F;&#x2F;acme.com&sol;jane", "https:&#x2F;&#x2F;acme.com***"],
    ["next=https%3A%2F%2Facme.com%2Fjane%2520doe", "next=https%3A%2F%2Facme.com***"],
  ])("hides what looks like a secret or an address: %s", (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it.each([
    ["password=hunter2", "password=***"],
    ["api_key=abcd1234", "api_key=***"],
    ["secret: s3cr3t!", "secret: ***"],
    ["X-Api-Key: 9f8e7d6c5b", "X-Api-Key: ***"],
    ['{"access_token":"AbC123xyz"}', '{"access_token":"***"}'],
    ["a=1&apiKey=x-1,y&b=2", "a=1&apiKey=***&b=2"],
    ["DB_PASSWD = 'correct horse', host 'db'", "DB_PASSWD = '***', host 'db'"],
    ['{"pwd" : "a\\"b c", "user": 5}', '{"pwd" : "***", "user": 5}'],
    ['{"clientSecret":12345,"user":5}', '{"clientSecret":***,"user":5}'],
    ["'password' => 'hunter2'", "'password' => '***'"],
    ["AWS_SECRET_KEY=ab/cd+e", "AWS_SECRET_KEY=***"],
    ["Authorization: ApiKey abc", "Authorization: ***"],
    ["credentials: jane:hunter2 refused", "credentials: *** refused"],
    ["q=password%3Dhunter2%26x", "q=password%3D***%26x"],
    ['"{\\"token\\":\\"abc\\"}"', '"{\\"token\\":\\"***\\"}"'],
  ])("hides the value after a name of a secret: %s", (text, expected) => {
    expect(mask(text)).toBe(expected);
  });

  it.each([
    "the token is invalid",
    "Invalid API key provided, see the documentation",
    "The password must have 8 characters: letters and digits",
    '{"error":"invalid_token","description":"The token is too old"}',
    '{"password":"","message":"The secretary: absent"}',
    'error="invalid_token", realm="api"',
  ])("leaves a sentence unchanged: %s", (text) => {
    expect(mask(text)).toBe(text);
  });

  it.each([
    ["Hello ZYXWINA", ["Zyxwina"], "Hello ***"],
    ["Bo knows Bonn", ["Bo"], "*** knows Bonn"],
    ["say \\u015al\\u0105ska", ["Śląska"], "say ***"],
    ["q=O%27Neil+%26+Co", ["O'Neil & Co"], "q=***"],
    ["O&#39;Neil &amp; Co", ["O'Neil & Co"], "***"],
    ['{"a":"x\\"y\\nz"}', ['x"y\nz'], '{"a":"***"}'],
    ["1+1 (a|b) [c] {d}$^", ["1+1 (a|b) [c] {d}$^"], "***"],
    ["lone \ud800 surrogate", ["\ud800 surrogate"], "lone ***"],
    ["O&#x27;Brien, O&apos;Brien, O\\'Brien", ["O'Brien"], "***, ***, ***"],
    ["Jos&eacute; Jos&#233; Jos&#xE9; Jose\u0301", ["José"], "*** *** *** ***"],
    ["Jos\\xe9 Jos\\xc3\\xa9 Jos\\303\\251 Jos\\u{e9} Jos%E9", ["José"], "*** *** *** *** ***"],
    ["\\u0141ukasz &Lstrok;ukasz &lstrok;ukasz", ["Łukasz"], "*** *** ***"],
    ["at\\nJane, at%20Jane", ["Jane"], "at\\n***, at%20***"],
    ['"{\\"name\\":\\"Jos\\\\u00e9 B\\"}"', ["José B"], '"{\\"name\\":\\"***\\"}"'],
    ["O&amp;amp;#39;Brien and O%252527Brien", ["O'Brien"], "*** and ***"],
    ["C:\\nina and C:\\\\Users\\\\nina", ["nina", "C:\\Users\\nina"], "C:\\*** and ***"],
  ])("hides given texts in every form: %s", (text, secrets, expected) => {
    expect(mask(text, ...secrets)).toBe(expected);
  });

  it("hides a text with too many encodings altogether", () => {
    expect(mask(`a %${"25".repeat(9)}41`)).toBe("***");
  });

  it("never shows a value that was encoded, also more than once", () => {
    const hex = (number: number, digits: number) => number.toString(16).padStart(digits, "0");
    const points = (text: string, of: (point: number) => string) =>
      Array.from(text, (char) => of(char.codePointAt(0) ?? 0)).join("");
    const foreign = (text: string, of: (unit: number) => string) =>
      text.replaceAll(/[^ -~]/g, (unit) => of(unit.charCodeAt(0)));
    const json = (text: string) => JSON.stringify(text).slice(1, -1);
    const encodings: readonly ((text: string) => string)[] = [
      json,
      (text) => json(text).replaceAll("/", "\\/"),
      (text) => foreign(json(text), (unit) => `\\u${hex(unit, 4)}`),
      (text) => foreign(json(text), (unit) => `\\u${hex(unit, 4).toUpperCase()}`),
      (text) => json(text).replaceAll(/[&'<>]/g, (char) => `\\u${hex(char.charCodeAt(0), 4)}`),
      (text) => points(text, (point) => `&#${point};`),
      (text) => points(text, (point) => `&#x${hex(point, 2)};`),
      (text) => points(text, (point) => `\\u{${hex(point, 1)}}`),
      (text) => [...new TextEncoder().encode(text)].map((byte) => `\\x${hex(byte, 2)}`).join(""),
      (text) => [...new TextEncoder().encode(text)].map((byte) => `%${hex(byte, 2)}`).join(""),
      encodeURIComponent,
      (text) => encodeURIComponent(text).replaceAll("%20", "+"),
      (text) =>
        text
          .replaceAll("&", "&amp;")
          .replaceAll("<", "&lt;")
          .replaceAll(">", "&gt;")
          .replaceAll('"', "&quot;")
          .replaceAll("'", "&apos;")
          .replaceAll("/", "&#x2F;")
          .replaceAll("\u00e9", "&eacute;"),
    ];
    const value = fc
      .string({
        unit: fc.constantFrom(..."abkuxnOZ19 '\"/\\@.%&#;+<>-_\u00e9\u0142\u00df\u{1f600}\u738b"),
        minLength: 6,
        maxLength: 60,
      })
      // Begins and ends with letters, and does not end with what may be an encoded space, which is not masked.
      .filter((text) => /^\p{L}.*\p{L}$/u.test(text) && !/[\\%&#;].{0,6}$/u.test(text));
    const layers = fc.array(fc.constantFrom(...encodings), { minLength: 0, maxLength: 3 });
    fc.assert(
      fc.property(value, layers, fc.constantFrom('"', " ", "<"), (text, encode, around) => {
        const encoded = encode.reduce((inner, encoding) => encoding(inner), text);
        const excerpt = mask(`[${around}${encoded}${around}]`, text);
        expect(excerpt).not.toContain(text);
        expect(excerpt).not.toContain(encoded);
        // Nothing but asterisks and what is around the value.
        expect(excerpt.replaceAll(/[[\]"<*\s]/g, "")).toBe("");
      }),
      { numRuns: 1000 },
    );
  });

  it("is one line without controls and characters that change the direction", () => {
    expect(mask("a\r\n\tb\u001b[31m\u202ec\u2028d\u0000e")).toBe("a b [31m c d e");
  });

  it("has at most 1000 bytes and no half character", () => {
    const excerpt = mask("€ ".repeat(3000));
    expect(new TextEncoder().encode(excerpt).length).toBeLessThanOrEqual(1000);
    expect(excerpt.isWellFormed()).toBe(true);
  });

  it("does not show the beginning of a secret at the end of what was read", () => {
    const secret = "abcdefghijklmnopqrstuvwxyz";
    const text = `${"jane@example.com ".repeat(20)}${secret.slice(0, 12)}`;
    expect(excerptOf(text, true, () => [secret])).not.toContain("abcdef");
  });

  it.each([
    ["@".repeat(200_000)],
    ["a".repeat(200_000)],
    ["1 ".repeat(100_000)],
    ["https://".repeat(30_000)],
    ["https://" + "a".repeat(200_000)],
    ["bearer ".repeat(30_000)],
    ["token=".repeat(30_000)],
    [`token${" ".repeat(8)}=${" ".repeat(16)}`.repeat(8000)],
    [`token=${",".repeat(200_000)}`],
    [`password:"${"\\\\".repeat(100_000)}`],
    [" ".repeat(200_000)],
    ["\\".repeat(200_000)],
    ["\\x41".repeat(50_000)],
    ["&#65;&amp;%41".repeat(20_000)],
    [`%${"25".repeat(100_000)}`],
    ["&".repeat(200_000)],
  ])("takes linear time", (text) => {
    const began = performance.now();
    excerptOf(text, true, () => Array.from({ length: 1000 }, (_, index) => `value number ${index}`));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
