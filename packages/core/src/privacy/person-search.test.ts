import { describe, expect, it } from "vitest";
import type { Facts } from "../facts/facts.js";
import type { PersonQuery } from "../ports/fact-store.js";
import { PersonSearch } from "./person-search.js";

const encoder = new TextEncoder();
const row = (body: unknown, facts?: Facts) => ({
  raw: encoder.encode(typeof body === "string" ? body : JSON.stringify(body)),
  facts,
});
const steps = (query: PersonQuery, body: unknown, facts?: Facts) =>
  new PersonSearch(query).examine(row(body, facts));
const jane = { email: " Jane.Doe+news@Example.com " };
const profile = { linkedin: "https://uk.linkedin.com/in/Jane-Doe/?trk=x" };

describe("an event of the person", () => {
  it.each<[string, PersonQuery, unknown, Facts?]>([
    ["its stored facts", jane, {}, { personEmails: ["x@y.z", "jane.doe+news@example.com"] }],
    ["its body", jane, { data: { enrichment: { person: { email: "JANE.DOE+news@example.com" } } } }],
    [
      "a list of addresses",
      jane,
      { data: { identity: { emails: [{ value: "jane.doe+news@example.com" }] } } },
    ],
    ["the address of a page", jane, { url: "https://x.y/?email%3DJane.Doe%2Bnews%40example.com&a=1" }],
    [
      "an address inside of another",
      jane,
      { url: "https://x.y/?next=https%3A%2F%2Fx.y%2F%3Femail%3DJane.Doe%252Bnews%2540example.com%26a%3D1" },
    ],
    [
      "an address inside of two others",
      jane,
      { url: "https://x.y/?n=https%253A%252F%252Fx.y%253Femail%253Djane.doe%25252Bnews%252540example.com" },
    ],
    ["percent-encoded letters", { email: "josé@exämple.com" }, { url: "/?m=jos%C3%A9%40ex%C3%A4mple.com" }],
    ["a percent-encoded mark", { email: "o'neil=a@x.example" }, { url: "/?m=o%27neil%3Da%40x.example" }],
    ["a percent sign", { email: "50%off@x.example" }, { url: "/?m=50%25off@x.example" }],
    ["a sentence", jane, { text: "Write to jane.doe+news@example.com." }],
    ["the name of a field", jane, { "jane.doe+news@example.com": 1 }],
    ["escapes", jane, '{"a":"jane.doe\\u002bnews\\u0040example.com"}'],
    [
      "escapes of JSON in an address",
      jane,
      { url: `/?s=${encodeURIComponent('{"e":"Hi\\njane.doe+news@example.com"}')}` },
    ],
    [
      "an escaped sign in an address",
      jane,
      { url: "/?s=%7B%22e%22%3A%22jane.doe%5Cu002bnews%5Cu0040example.com%22%7D" },
    ],
    ["both, encoded again", jane, { url: "/?s=%257B%255Cnjane.doe%255Cu002Bnews%2540example.com" }],
    ["JSON in JSON in JSON", jane, `{"a":"jane.doe+news${"\\".repeat(16)}u0040example.com"}`],
    [
      "six layers of percent signs",
      jane,
      { url: "/?m=jane.doe%252525252525252Bnews%252525252525252540example.com" },
    ],
    ["escapes of HTML", jane, { html: "<a>jane.doe&plus;news&#64;example.com" }],
    ["numbers of HTML", jane, { html: "<a>jane.doe&#x2B;news&amp;#x40;example.com" }],
    ["the escape of old scripts", jane, { url: "/?m=jane.doe%u002Bnews%u0040example.com" }],
    ["a letter in Latin-1", { email: "josé@example.com" }, { url: "/?m=jos%E9%40example.com" }],
    ["the name of its domain", { email: "jo@xn--mller-kva.de" }, {}, { personEmails: ["jo@müller.de"] }],
    ["its domain in ASCII", { email: "jo@müller.de" }, {}, { personEmail: "jo@xn--mller-kva.de" }],
    ["a mention of its domain in ASCII", { email: "jo@müller.de" }, { a: "<jo@xn--mller-kva.de>" }],
    ["composed letters", { email: "jo\u0308rg@müller.de" }, { a: "j\u00f6rg@mu\u0308ller.de" }],
    ["quotes", { email: "neil@corp.ie" }, { text: "'neil@corp.ie' wrote" }],
    ["a path of Windows", jane, { text: String.raw`C:\Users\jane.doe+news&#64;example.com\1` }],
    ["a body that is not JSON", jane, '{"a":"to:\\njane.doe+news@example.com'],
    [
      "its profile",
      profile,
      { data: { enrichment: { person: { linkedinUrl: "linkedin.com/in/jane-doe" } } } },
    ],
    ["an escaped profile", profile, '{"a":"https:\\/\\/www.linkedin.com\\/in\\/JANE-doe\\/details"}'],
    [
      "its profile inside of an address",
      profile,
      { url: "https://x.y/?ref=https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane-doe%3Ftrk%3Da" },
    ],
    [
      "its profile inside of two",
      profile,
      { url: "https://x.y/?r=https%253A%252F%252Flinkedin.com%252Fin%252Fjane-doe" },
    ],
    ["a broken body with its profile", profile, '{"a":"https:\\/\\/www.linkedin.com\\/in\\/jane-doe"'],
    ["the identifier of its profile", { linkedin: "ACoAAA_1" }, {}, { personLinkedinId: "ACoAAA_1" }],
    [
      "the name of its profile",
      { linkedin: "jane-doe" },
      {},
      { personLinkedinUrl: "https://www.linkedin.com/in/jane-doe" },
    ],
    [
      "letters of its profile",
      { linkedin: "linkedin.com/in/jané" },
      { a: "https://linkedin.com/in/jan%C3%A9" },
    ],
    ["its visitor", { visitorId: "v1" }, { data: { session: { vid: "v1" } } }],
    ["its session", { sessionId: "s1" }, { data: { attribution: { sessionId: "s1" } } }],
  ])("is found by %s", (_, query, body, facts) => {
    const search = new PersonSearch(query);
    expect(search.examine(row(body, facts))).toBe(0);
    const text = new TextDecoder().decode(row(body).raw).toLowerCase();
    if (facts === undefined) for (const piece of search.pieces ?? []) expect(text).toContain(piece);
  });
});

it("has no piece of a domain that has two spellings", () => {
  const piecesOf = (email: string) => new PersonSearch({ email }).pieces;
  expect(piecesOf("jo@mail.xn--mller-kva.de")).toEqual(["jo", "mail"]);
  expect(piecesOf("jo@mail.müller.de")).toEqual(["jo", "mail", "m"]);
});

it.each<[string, PersonQuery, unknown, Facts?]>([
  ["a longer name", jane, { a: "x.jane.doe+news@example.com" }],
  ["a longer name behind an encoded plus", jane, { a: "?e=x%2Bjane.doe%2Bnews@example.com" }],
  ["a name with an apostrophe", { email: "neil@corp.ie" }, { email: "o'neil@corp.ie" }],
  ["a longer domain, encoded", { email: "a@corp.co" }, { url: "/?e=a@corp.co%2Euk&b=a@corp.co\\u002euk" }],
  ["a longer domain", jane, { a: "jane.doe+news@example.com.au" }],
  ["another letter", jane, { a: "jane.doe+new@example.com" }],
  ["a longer profile", profile, { a: "https://www.linkedin.com/in/jane-doe-2" }],
  ["a longer profile, encoded", profile, { a: "https%3A%2F%2Fwww.linkedin.com%2Fin%2Fjane-doe%2D2" }],
  ["a profile with another letter, encoded", profile, { a: "https://linkedin.com/in/jane-doe%C3%A9" }],
  ["a longer name, encoded twice", jane, { a: "https://x.y/?e=x%252Ejane.doe%252Bnews%2540example.com.au" }],
  ["a longer name behind an encoded mark", jane, { a: "?e%253Dxjane.doe%252Bnews%2540example.com" }],
  ["a company of that name", profile, { a: "https://www.linkedin.com/company/jane-doe" }],
  ["an id elsewhere in the body", { visitorId: "US" }, { data: { session: { vid: "v2" }, country: "US" } }],
  ["nothing", jane, "null"],
  ["a long run of encoded percent signs", jane, { a: "%" + "25".repeat(500_000) }],
  ["a deep body", jane, `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
])("an event with %s is not found", (_, query, body, facts) => {
  expect(steps(query, body, facts)).toBeUndefined();
});

it("follows visitors and sessions of events that name the person, with the number of steps", () => {
  const search = new PersonSearch(jane);
  expect(search.examine(row({}, { sessionVisitorId: "v1", sessionId: "s2" }))).toBeUndefined();
  const named = { personEmails: ["jane.doe+news@example.com"], sessionVisitorId: "v1", sessionId: "s1" };
  expect(search.examine(row({}, named))).toBe(0);
  expect(search.ids).toBe(2);
  expect(search.examine(row({}, { sessionVisitorId: "v1", sessionId: "s2" }))).toBe(1);
  expect(search.examine(row({}, { sessionId: "s2" }))).toBe(2);
  expect(search.examine(row({}, { sessionId: "s3" }))).toBeUndefined();
});

it("does not follow the visitor of an event that only mentions the person, nor placeholders", () => {
  const search = new PersonSearch(jane);
  expect(search.examine(row({ a: "jane.doe+news@example.com" }, { sessionVisitorId: "v1" }))).toBe(0);
  const named = {
    personEmails: ["jane.doe+news@example.com"],
    sessionVisitorId: "undefined",
    sessionId: "null",
  };
  expect(search.examine(row({}, named))).toBe(0);
  expect(search.ids).toBe(0);
});

it.each([
  "https://m.linkedin.com/in/jane-doe",
  "//linkedin.com/in/jane-doe",
  "https://touch.linkedin.com/in/jane-doe",
  "https://www.linkedin.com:443/in/jane-doe/",
  "HTTP://DE.LINKEDIN.COM/IN/JANE-DOE?x",
  "linkedin.com/in/jane-doe",
  "jane-doe",
])("finds a profile named as %s, as facts read it", (linkedin) => {
  const found = { personLinkedinUrl: "https://www.linkedin.com/in/jane-doe" };
  expect(new PersonSearch({ linkedin }).examine(row({}, found))).toBe(0);
});

it.each<PersonQuery>([
  {},
  { linkedin: "https://www.linkedin.com/in/" },
  { linkedin: "https://linkedin.com.acme.example/in/jane" },
  { email: "jane@example.com", visitorId: "v1" },
  { email: "jane" },
  { email: "" },
  { email: `${"a".repeat(250)}@example.com` },
  { linkedin: "https://example.com/in/jane" },
  { linkedin: "https://www.linkedin.com/company/acme" },
  { visitorId: "a\u0000b" },
  { sessionId: "x".repeat(2049) },
])("refuses %o without naming a value", (query) => {
  expect(() => new PersonSearch(query)).toThrow(RangeError);
  try {
    new PersonSearch(query);
  } catch (error) {
    expect((error as Error).message).not.toMatch(/acme|a{9}/);
  }
});
