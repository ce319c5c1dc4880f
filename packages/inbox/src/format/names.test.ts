import { expect, test } from "vitest";
import { bucketOf, countryName, initials } from "./names.js";

test("initials are the first letters of the first and the last word", () => {
  expect(initials("Inês Maria Carvalho")).toBe("IC");
  expect(initials("ada@example.com")).toBe("AC");
  expect(initials("Plato")).toBe("P");
  expect(initials("李小龙")).toBe("李");
  expect(initials("“Ann” (O’Neil)")).toBe("AO");
  expect(initials("\u202e<>&! 🦊")).toBe("");
  expect(initials("𝒜da 𝒵oe")).toBe("𝒜𝒵");
  expect(initials("x".repeat(1_000_000))).toBe("X");
});

test("country names are English; other texts are unchanged", () => {
  expect(countryName("PT")).toBe("Portugal");
  expect(countryName("Portugal")).toBe("Portugal");
  expect(countryName("<b>")).toBe("<b>");
  expect(countryName("ZQ")).toBe("ZQ");
});

test("a bucket depends on the text and is in range", () => {
  expect(bucketOf("a", 8)).toBe(bucketOf("a", 8));
  for (const text of ["", "a", "\uffff".repeat(1000)]) {
    expect(bucketOf(text, 8)).toBeGreaterThanOrEqual(0);
    expect(bucketOf(text, 8)).toBeLessThan(8);
  }
});
