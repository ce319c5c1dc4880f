import { describe, expect, it } from "vitest";
import type { ReceivedEvent } from "../schema/event-types.js";
import { factsOf } from "./facts.js";

const company = (name: string, domain: string | null = `${name}.com`, more = {}) => ({
  _type: "full",
  name,
  domain,
  ...more,
});
const position = (name: string, endDate: unknown, title = `at ${name}`) => ({
  title,
  endDate,
  company: company(name),
});
const of = (data: object) => {
  const facts = factsOf({ type: "identity.session.finalized", data } as unknown as ReceivedEvent);
  return { name: facts.companyName, domain: facts.companyDomain, source: facts.companySource };
};
const enriched = (person: object, companies: unknown = [], more = {}) =>
  of({ enrichment: { person, companies, ...more } });

describe("the company", () => {
  it("is that of the current employment", () => {
    const employments = [position("old", "2021-05"), position("now", null), position("side", null)];
    expect(enriched({ employments }, [company("first")])).toEqual({
      name: "now",
      domain: "now.com",
      source: "employment",
    });
  });

  it.each([undefined, null, "", " ", "Present"])(
    "counts an employment with the end %j as current",
    (endDate) => {
      expect(enriched({ employments: [position("now", endDate)] }).source).toBe("employment");
    },
  );

  const created = Date.UTC(2026, 4, 15);
  it.each([
    ["2031-12-31", { created }, "now"],
    ["2026-06", { created }, "now"],
    ["2027", { created }, "now"],
    ["2026-05-16T00:00:00", { created }, "now"],
    ["2026-05-15", { created }, undefined],
    ["2026-05", { created }, undefined],
    ["2026", { created }, undefined],
    ["9999-99-99", { created }, undefined],
    ["in 2031", { created }, undefined],
    ["2031-12", { timestamp: "2026-05-15T00:00:00Z" }, "now"],
    ["2031-12", { session: { endedAt: created } }, "now"],
    ["2031-12", { sessionEndedAt: created }, "now"],
    ["2031-12", {}, undefined],
  ])("compares the end %j of an employment with the time of the event %j", (endDate, time, name) => {
    const person = { employments: [position("now", endDate, "CEO")] };
    const data = { ...time, enrichment: { person } };
    const facts = factsOf({ type: "t", ...time, data } as unknown as ReceivedEvent);
    expect([facts.companyName, facts.personTitle]).toEqual([name, name === undefined ? undefined : "CEO"]);
  });

  it("else is the first", () => {
    const employments = [position("old", "2021-05")];
    expect(enriched({ employments }, [company("first"), company("second")])).toEqual({
      name: "first",
      domain: "first.com",
      source: "companies",
    });
  });

  it.each([
    ["LinkedIn identifier", { linkedinId: "77" }, { name: "Current", linkedinId: "77" }],
    ["domain", { domain: "www.current.de" }, { name: "Current", website: "https://current.de/en" }],
    ["name", {}, { name: "current gmbh " }],
  ])(
    "else is that of the current position, found by its %s, so that title and name belong together",
    (_, known, listed) => {
      const experience = [
        { title: "Dev", endDate: "2019-01", company: { name: "Past Inc" } },
        { title: "CEO", endDate: null, company: { name: "Current GmbH", ...known } },
      ];
      const past = { name: "Past Inc", domain: "past.com", linkedinId: "1" };
      const data = { enrichment: { person: { experience }, companies: [past, listed] } };
      const facts = factsOf({ type: "t", data } as unknown as ReceivedEvent);
      expect([facts.personTitle, facts.companyName, facts.companySource]).toEqual([
        "CEO",
        listed.name.trim(),
        "companies",
      ]);
    },
  );

  it("else is the first where none is that of the current position, whatever placeholders they share", () => {
    const experience = [{ title: "CEO", endDate: null, company: { name: "Other", linkedinId: "null" } }];
    const companies = [company("first"), company("second", null, { linkedinId: "null" })];
    expect(enriched({ experience }, companies).name).toBe("first");
  });

  it("else is that of the current position of the résumé, never of one that has ended", () => {
    const person = {
      employments: [position("old", "2021")],
      experience: [position("e", "2020"), position("f", null)],
    };
    expect(enriched(person)).toEqual({ name: "f", domain: "f.com", source: "experience" });
    expect(enriched({ employments: [position("old", "2021")] }).source).toBeUndefined();
  });

  it("else has the name of the identity and the domain of the address at work", () => {
    const emails = [
      { type: "personal", value: "jane@jane.name" },
      { type: "professional", value: "Jane@Mail.Acme.co.uk" },
    ];
    const professional = { companyName: "Acme", jobTitle: null };
    expect(of({ identity: { emails, professional } })).toEqual({
      name: "Acme",
      domain: "acme.co.uk",
      source: "identity",
    });
    expect(of({ identity: { emails, professional: { companyName: null } } })).toEqual({
      name: undefined,
      domain: "acme.co.uk",
      source: "email",
    });
  });

  it("has the domain of the first address at work that is not at a freemail provider", () => {
    const emails = ["acme@gmail.com", "jane@acme.com"].map((value) => ({ type: "professional", value }));
    expect(of({ identity: { emails, professional: { companyName: "Acme" } } }).domain).toBe("acme.com");
    expect(of({ identity: { emails } })).toEqual({ name: undefined, domain: "acme.com", source: "email" });
  });

  it("is not a record that stands for a missing one, unless it has a domain or a profile", () => {
    const person = { email: "jane@acme.com" };
    const missing = company("null", "null");
    expect(enriched(person, [missing])).toEqual({ name: undefined, domain: "acme.com", source: "email" });
    expect(enriched(person, [missing, company("beta")]).name).toBe("beta");
    const employments = [{ ...position("n/a", null), company: company("n/a", null) }];
    expect(enriched({ ...person, employments }, [company("beta")])).toMatchObject({
      name: "beta",
      source: "companies",
    });
    for (const more of [{ domain: "beta.com" }, { linkedinUrl: "https://linkedin.com/company/beta" }])
      expect(enriched(person, [{ ...missing, ...more }]).source).toBe("companies");
  });

  it("has no domain of an address that was found invalid", () => {
    const emailValidations = [{ email: "jane@acme.com", validity: "invalid", provider: "p", error: null }];
    expect(enriched({ email: "jane@acme.com" }, [], { emailValidations }).domain).toBeUndefined();
  });

  it.each([
    { type: "professional", value: "acme@gmail.com" },
    { type: "personal", value: "jane@jane.name" },
  ])("is none for %j alone", (email) => {
    expect(of({ identity: { emails: [email] } })).toEqual({
      name: undefined,
      domain: undefined,
      source: undefined,
    });
  });

  it.each([
    [company("a", "https://www.Acme.co.uk/about"), "acme.co.uk"],
    [company("a", null, { website: "http://shop.acme.com" }), "acme.com"],
    [company("a", "gmail.com", { website: "acme.com" }), "acme.com"],
    [company("a", "gmail.com"), undefined],
    [company("a", null, { website: "https://www.facebook.com/acme" }), undefined],
    [company("a", null, { website: "https://www.linkedin.com/company/acme" }), undefined],
    [company("a", null, { website: "https://sites.google.com/view/acme" }), undefined],
    [company("a", null, { website: "https://acme.wordpress.com" }), undefined],
    [company("a", null, { website: "https://apps.apple.com/app/id1" }), undefined],
    [company("a", null, { website: "github.com/acme" }), undefined],
    [company("a", null, { website: "https://www.github.com/" }), "github.com"],
    [company("a", null, { website: "github.com" }), "github.com"],
    [company("a", "telstra.com"), "telstra.com"],
    [company("a", null, { website: "https://www.telstra.com" }), "telstra.com"],
    [company("a", "linkedin.com"), "linkedin.com"],
    [company("a", "facebook.com", { website: "https://www.facebook.com/bakerymueller" }), undefined],
    [company("a", "www.instagram.com", { website: "instagram.com/a" }), undefined],
    [company("a", "sites.google.com", { website: "https://sites.google.com/view/a" }), undefined],
    [company("a", "business.site", { website: "https://a.business.site" }), undefined],
    [company("a", "a.business.site"), undefined],
    [company("a", "https://linktr.ee/a"), undefined],
    [company("a", null, { website: "https://goo.gle/3DLEokh" }), undefined],
    [company("a", "facebook.com", { website: "https://facebook.com" }), "facebook.com"],
    [company("a", "facebook.com", { website: "https://www.Facebook.com/" }), "facebook.com"],
    [company("a", "google.com", { website: "https://goo.gle/3DLEokh" }), "google.com"],
    [company("a", "acme.com", { website: "https://www.facebook.com/acme" }), "acme.com"],
    [company("a", "n/a"), undefined],
  ])("of %j has the domain %s and an unchanged name", (record, domain) => {
    expect(enriched({ email: "jane@other.com" }, [record])).toEqual({
      name: "a",
      domain,
      source: "companies",
    });
  });
});

it("takes the title of the current position", () => {
  const title = (data: object) =>
    factsOf({ type: "identity.enriched", data } as unknown as ReceivedEvent).personTitle;
  const employments = [position("old", "2021", "Old"), position("now", null, "New")];
  const experience = [position("now", null, "Résumé")];
  expect(title({ enrichment: { person: { employments, experience } } })).toBe("New");
  expect(title({ enrichment: { person: { experience } } })).toBe("Résumé");
  expect(title({ identity: { professional: { jobTitle: "Resolved" } } })).toBe("Resolved");
});

it("reads the number of employees from the headcount if the record itself has none", () => {
  const count = (record: object) =>
    factsOf({ type: "t", data: { enrichment: { companies: [record] } } } as unknown as ReceivedEvent)
      .companyEmployeeCount;
  expect(count({ employeeCount: 12.5, headcount: { total: 3 } })).toBe(12.5);
  expect(count({ employeeCount: null, headcount: { total: 3 } })).toBe(3);
  expect(count({ employeeCount: 0, headcount: { total: 3 } })).toBe(0);
});
