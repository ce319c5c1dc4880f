import { fieldRows, type FixtureType, payloads } from "@sessionhook/fixtures";
import { expect, it } from "vitest";
import type { ReceivedEvent } from "../schema/event-types.js";
import { nameOf } from "./definition.js";
import { factDefinitions, factsOf } from "./facts.js";

const rows = fieldRows();
/** Fields of employments are those of companies. */
const known = new Set(rows.map(({ path }) => path.replaceAll("[]", "")));
const factsOfPayload = (event: object) =>
  factsOf(event as unknown as ReceivedEvent) as Readonly<Record<string, unknown>>;

/** The payload fields that a definition names. */
const sourcesOf = (derived: string) =>
  [...derived.matchAll(/`([^`]+)`/g)].flatMap(([, text = ""]) => {
    const path = text.replaceAll("[]", "");
    if (path.startsWith("data.") || ["id", "type", "created", "timestamp"].includes(path)) return [path];
    const inCompany = `data.enrichment.companies.${path}`;
    return derived.includes("of the company") && known.has(inCompany) ? [inCompany] : [];
  });

it("give each fact a name that is its path in camel case, and no name twice", () => {
  for (const { name, path } of factDefinitions) {
    expect(path).toMatch(/^[a-z]+(?:\.[a-z][A-Za-z]*)?$/);
    expect(name).toBe(nameOf(path));
  }
  expect(new Set(factDefinitions.map(({ name }) => name)).size).toBe(factDefinitions.length);
});

it("use no word that CEL reserves as the name of a variable", () => {
  const reserved =
    /^(?:as|break|const|continue|else|false|for|function|if|import|in|let|loop|map|package|namespace|null|return|string|true|type|var|void|while)$/;
  for (const { path } of factDefinitions) expect(path.split(".")[0]).not.toMatch(reserved);
});

it("describe each fact in a sentence", () => {
  for (const { description, derived } of factDefinitions) {
    expect(description).toMatch(/^.{6,}\.$/);
    expect(derived).toMatch(/.{4,}[^.]$/);
  }
});

it("name payload fields that exist", () => {
  for (const { derived } of factDefinitions)
    for (const path of sourcesOf(derived).filter((path) => path !== "timestamp"))
      expect(known).toContain(path);
});

it("name every payload field but those that are left out on purpose", () => {
  const named = new Set(factDefinitions.flatMap(({ derived }) => sourcesOf(derived)));
  const left = [...known]
    .filter((path) => ![...known].some((other) => other.startsWith(`${path}.`)))
    .filter(
      (path) => !named.has(path) && !/\.(?:employments|experience|emailValidations|validations)\./.test(path),
    );
  expect(left.toSorted()).toMatchInlineSnapshot(`
    [
      "data.attribution.prid",
      "data.attribution.type",
      "data.companiesEnriched",
      "data.enrichment.companies._type",
      "data.enrichment.companies.enrichedAt",
      "data.enrichment.companies.provider",
      "data.enrichment.companies.taxonomy.linkedinSpecialties",
      "data.enrichment.person.education.degree",
      "data.enrichment.person.education.endDate",
      "data.enrichment.person.education.fieldOfStudy",
      "data.enrichment.person.education.instituteLinkedinId",
      "data.enrichment.person.education.instituteLogoUrl",
      "data.enrichment.person.education.startDate",
      "data.enrichment.person.enrichedAt",
      "data.enrichment.person.provider",
      "data.identity.emails.type",
      "data.query.match",
      "data.query.type",
      "data.session.enrichments.enrichedAt",
      "data.session.enrichments.enrichmentData",
      "data.session.events.outlink",
      "data.session.events.props",
      "data.session.events.ref",
      "data.session.events.title",
      "data.session.events.ts",
      "data.session.events.v",
      "data.session.network.colo",
      "data.session.network.latitude",
      "data.session.network.longitude",
      "data.session.options",
    ]
  `);
});

/** The facts of every type together, from fixtures with a value in every field. */
const full = Object.assign(
  {},
  ...payloads.types.map((type) => factsOfPayload(payloads.full(type))),
) as object;

it("are all found in the full fixtures, each with a value of its type", () => {
  // These are null in the fixtures; the test below gives them a value.
  expect(factDefinitions.map(({ name }) => name).filter((name) => !(name in full))).toEqual([
    "personHasChildren",
    "personIsMarried",
    "sessionFbclid",
    "visitMetroCode",
    "botCategory",
  ]);
  for (const type of payloads.types)
    for (const [name, value] of Object.entries(factsOfPayload(payloads.full(type)))) {
      const definition = factDefinitions.find((one) => one.name === name);
      expect(definition?.type).toBe(Array.isArray(value) ? "string[]" : typeof value);
      if (definition?.values !== undefined) expect(definition.values).toContain(value);
    }
});

/** Sets the value at a path in an event; of lists, in the first item. */
function set(event: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop() ?? "";
  const parent = keys.reduce<unknown>((at, key) => {
    const found = (at as Record<string, unknown>)[key];
    return Array.isArray(found) ? found[0] : found;
  }, event) as Record<string, unknown>;
  parent[last] = Array.isArray(parent[last]) && !Array.isArray(value) ? [value] : value;
}

const sentinel = { string: "sentinel", number: 4242.5, "string[]": ["sentinel"], boolean: true };

it.each(
  factDefinitions
    .filter(({ path }) => !["session.landingPath", "session.referrerDomain"].includes(path))
    .filter(({ derived }) => /^`[^`]+`(?:, else [^;]*| of the company)?$/.test(derived))
    .map((definition) => [definition.path, definition] as const),
)("read %s from the field they name", (_, { name, type, derived }) => {
  const [path = ""] = sourcesOf(derived);
  if (path === "") return;
  const event = payloads.types.find((one) =>
    rows.some((row) => row.event === one && row.path.replaceAll("[]", "") === path),
  ) as FixtureType;
  const values = type === "boolean" ? [true, false] : [sentinel[type]];
  for (const value of values) {
    const payload = payloads.full(event);
    // Of the companies the first counts then.
    if (path.includes(".companies.")) set(payload, "data.enrichment.person.employments", []);
    set(payload, path, /\.(?:education|events)\./.test(path) && type === "string[]" ? "sentinel" : value);
    expect([name, factsOfPayload(payload)[name]]).toEqual([name, value]);
  }
});
