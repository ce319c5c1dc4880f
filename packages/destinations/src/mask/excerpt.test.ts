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
    ["see https://user:pw@host.example/a/b?token=x now", "see https://***host.example*** now"],
    ["see https://host.example/services/T/B/x", "see https://host.example***"],
    ["Authorization: Bearer abc.def-ghi", "Authorization: ***"],
    ["authorization: basic dXNlcjpwdw==", "authorization: ***"],
    ["secret whsec_abc123= here", "secret *** here"],
    ["with xoxb-123-abc", "with ***"],
    ["v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=", "***"],
    ["call +49 (30) 555-0123 now", "call *** now"],
    ["id 0123456789abcdef0123456789abcdef", "id ***"],
  ])("hides what looks like a secret or an address: %s", (text, expected) => {
    expect(mask(text)).toBe(expected);
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
  ])("hides given texts in every form: %s", (text, secrets, expected) => {
    expect(mask(text, ...secrets)).toBe(expected);
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
    [" ".repeat(200_000)],
  ])("takes linear time", (text) => {
    const began = performance.now();
    excerptOf(text, true, () => Array.from({ length: 1000 }, (_, index) => `value number ${index}`));
    expect(performance.now() - began).toBeLessThan(1000);
  });
});
