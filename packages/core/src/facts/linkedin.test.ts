import { expect, it } from "vitest";
import { linkedinUrl } from "./linkedin.js";

it.each([
  ["https://www.linkedin.com/in/jane-doe", "https://www.linkedin.com/in/jane-doe"],
  ["http://de.LinkedIn.com/in/Jane-Doe/?locale=de#x", "https://www.linkedin.com/in/jane-doe"],
  ["linkedin.com/company/acme/", "https://www.linkedin.com/company/acme"],
  ["https://evil.example/linkedin.com/in/jane", "https://evil.example/linkedin.com/in/jane"],
  ["https://notlinkedin.com/in/Jane", "https://notlinkedin.com/in/Jane"],
  ["Jane", "Jane"],
  [null, null],
])("writes %j as %j", (value, written) => {
  expect(linkedinUrl(value)).toBe(written);
});
