import { expect, test } from "vitest";
import { hostOf, readable, shortAddress, webAddress } from "./address.js";

test.each([
  "javascript:alert(1)",
  " javascript:alert(1)",
  "JAVASCRIPT:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>",
  "vbscript:x",
  "//evil.example",
  "/path",
  "linkedin.com/in/a",
  "https://linkedin.com@evil.example/in/a",
  "https://",
  "blob:https://a.example/x",
  `https://a.example/${"x".repeat(3000)}`,
])("%s is not linked", (url) => expect(webAddress(url)).toBeUndefined());

test("http and https addresses are linked, and shown by host or path", () => {
  expect(webAddress("https://www.linkedin.com/in/ada")).toBe("https://www.linkedin.com/in/ada");
  expect(webAddress('http://a.example/"><b>')).toBe("http://a.example/%22%3E%3Cb%3E");
  expect(hostOf("https://www.a.example/x")).toBe("a.example");
  expect([shortAddress("https://a.example/x?y=1#z"), shortAddress("javascript:x")]).toEqual([
    "/x?y=1",
    "javascript:x",
  ]);
});

test("parameters of campaigns are not shown, others are unchanged", () => {
  expect(shortAddress("https://a.example/x?utm_source=a&plan=team&fbclid=1&utm_x=2")).toBe("/x?plan=team");
  expect(shortAddress("https://a.example/x?gclid=1")).toBe("/x");
  expect(shortAddress("https://a.example/x?a=%26&b&gclidx=1")).toBe("/x?a=%26&b&gclidx=1");
});

test("paths are decoded for people, unless they cannot be", () => {
  expect(readable("/gr%C3%B6%C3%9Fe/a%2Fb?x=%26")).toBe("/größe/a%2Fb?x=%26");
  expect(readable("/%E0%A4%A")).toBe("/%E0%A4%A");
});
