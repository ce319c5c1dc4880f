import { expect, it } from "vitest";
import { isPageAddress, linkedinUrl } from "./linkedin.js";

it.each([
  ["https://www.linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"],
  ["http://de.LinkedIn.com/in/Jane-Doe/?locale=de#x", "https://www.linkedin.com/in/jane-doe"],
  ["linkedin.com/company/acme/", "https://www.linkedin.com/company/acme"],
  ["https://m.linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"],
  ["https://touch.linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"],
  ["https://www.linkedin.com:443/in/jane-doe", "https://www.linkedin.com/in/jane-doe"],
  ["linkedin.com:/in/jane-doe", "linkedin.com:/in/jane-doe"],
  ["//linkedin.com/in/jane-doe//", "https://www.linkedin.com/in/jane-doe"],
  ["https://www.linkedin.com/in/jane-doe/de", "https://www.linkedin.com/in/jane-doe"],
  ["https://www.linkedin.com/company/acme/about/", "https://www.linkedin.com/company/acme"],
  ["https://www.linkedin.com/pub/jane-doe/1/2/3", "https://www.linkedin.com/pub/jane-doe/1/2/3"],
  ["https://www.linkedin.com/in/Jürgen", "https://www.linkedin.com/in/j%C3%BCrgen"],
  ["https://www.linkedin.com/in/ju\u0308rgen", "https://www.linkedin.com/in/j%C3%BCrgen"],
  ["https://www.linkedin.com/in/j%c3%bcrgen", "https://www.linkedin.com/in/j%C3%BCrgen"],
  ["https://www.linkedin.com/in/100%", "https://www.linkedin.com/in/100%"],
  ["http://de.linkedin.com/IN/ACoAAB2cDeFgHi/?x", "https://www.linkedin.com/in/ACoAAB2cDeFgHi"],
  ["linkedin.com/in/ACwAAB2cDe_F-Hi/de", "https://www.linkedin.com/in/ACwAAB2cDe_F-Hi"],
  ["https://www.linkedin.com/in/ACoBB2cDe", "https://www.linkedin.com/in/acobb2cde"],
  [
    "https://www.linkedin.com/Sales/lead/ACwAAB2cDe,NAME_SEARCH,aBcD",
    "https://www.linkedin.com/sales/lead/ACwAAB2cDe,NAME_SEARCH,aBcD",
  ],
  ["https://www.linkedin.com/sales/people/AbC%C3%BC/", "https://www.linkedin.com/sales/people/AbC%C3%BC"],
  ["https://evil.example/linkedin.com/in/jane", "https://evil.example/linkedin.com/in/jane"],
  ["https://notlinkedin.com/in/Jane", "https://notlinkedin.com/in/Jane"],
  ["Jane", "Jane"],
  [null, null],
])("writes %j as %j", (value, written) => {
  expect(linkedinUrl(value)).toBe(written);
});

it.each([
  ["https://www.linkedin.com/in/jane-doe", true],
  ["https://www.xing.com/profile/Jane", true],
  ["https://www.linkedin.com/in", false],
  ["https://www.linkedin.com", false],
  ["https://www.xing.com/", false],
  ["N/A", false],
  ["null", false],
])("decides whether %j is the address of one page: %s", (url, one) => {
  expect(isPageAddress(url)).toBe(one);
});
