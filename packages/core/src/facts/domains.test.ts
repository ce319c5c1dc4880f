import { expect, it } from "vitest";
import { companyDomain, isFreemail, registrableDomain } from "./domains.js";

it.each([
  ["acme.com", "acme.com"],
  ["WWW.Acme.COM", "acme.com"],
  ["www.acme.co.uk", "acme.co.uk"],
  ["https://user:pass@shop.acme.co.uk:8443/a?b#c", "acme.co.uk"],
  ["  http://www.acme.com/  ", "acme.com"],
  ["acme.com.", "acme.com"],
  ["//acme.com/x", "acme.com"],
  ["acme.com/path", "acme.com"],
  ["www.com", "www.com"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["https://www.Bücher.de/a", "xn--bcher-kva.de"],
  ["xn--bcher-kva.de", "xn--bcher-kva.de"],
  ["sub.shop.myshopify.com", "shop.myshopify.com"],
  ["acme.github.io", "acme.github.io"],
  ["github.io", "github.io"],
  ["intern.acme.internal", "acme.internal"],
])("finds the registrable domain of %s", (value, domain) => {
  expect(registrableDomain(value)).toBe(domain);
});

it.each([
  "",
  " ",
  "co.uk",
  "com",
  "localhost",
  "192.0.2.7",
  "https://[2001:db8::1]/",
  "Acme Inc.",
  "-acme-.com",
  `${"a".repeat(64)}.com`,
  `${"a.".repeat(2000)}com`,
  "http://",
  "javascript:alert(1)",
  "android-app://com.google.android.googlequicksearchbox/",
  "android-app://com.google.android.gm/",
  "ü ü",
  "\uD800.com",
  null,
  7,
  { toString: () => "acme.com" },
])("finds none in %j", (value) => {
  expect(registrableDomain(value)).toBeUndefined();
});

it.each(["gmail.com", "googlemail.com", "gmx.net", "qq.com", "yahoo.co.uk", "hey.com", "mail.gmail.com"])(
  "takes %s for freemail, and never for a company",
  (host) => {
    expect(isFreemail(host)).toBe(true);
    expect(companyDomain(host)).toBeUndefined();
    expect(companyDomain(`https://www.${host}/x`)).toBeUndefined();
  },
);

it.each(["acme.com", "google.com", "notgmail.com", "gmail.com.acme.com", "gmail.acme.io"])(
  "takes %s for a company",
  (host) => {
    expect(isFreemail(host)).toBe(false);
    expect(companyDomain(host)).toBe(registrableDomain(host));
  },
);
