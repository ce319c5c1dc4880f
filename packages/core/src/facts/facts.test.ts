import { payloads } from "@sessionhook/fixtures";
import { describe, expect, it } from "vitest";
import type { ReceivedEvent } from "../schema/event-types.js";
import { parseEvent } from "../schema/parse-event.js";
import { factsOf } from "./facts.js";

const of = (event: object) => factsOf(event as unknown as ReceivedEvent);
const session = (session: object, data = {}) =>
  of({ type: "identity.session.finalized", data: { session, ...data } });

describe("the facts of an event", () => {
  it("are its id, type and times", () => {
    const event = { id: "evt_1", type: "identity.session.finalized", created: 1.5, data: { finalizedAt: 2 } };
    expect(of(event)).toEqual({
      eventId: "evt_1",
      eventType: "identity.session.finalized",
      eventCreatedAt: 1.5,
      eventFinalizedAt: 2,
    });
  });

  it("take the time of an older envelope, if it has an offset", () => {
    expect(of({ type: "t", timestamp: "2025-02-14T22:25:08.123Z" }).eventCreatedAt).toBe(1_739_571_908_123);
    expect(of({ type: "t", timestamp: "2025-02-14T22:25:08" })).toEqual({ eventType: "t" });
  });

  it.each(payloads.types)("exist for every %s that core accepts", (type) => {
    for (const form of [payloads.full, payloads.minimal, payloads.olderEnvelope]) {
      const result = parseEvent(JSON.stringify(form(type)));
      if (result.status !== "accepted") throw new Error("the fixture is not valid");
      expect(factsOf(result.event).eventType).toBe(type);
    }
  });

  it("leave out null, empty text and empty lists", () => {
    const utm = { source: null, medium: "", campaign: " ", term: "x" };
    const person = { skills: [], languages: ["", null], firstName: "" };
    expect(session({ utm, landingPage: "" }, { enrichment: { person, companies: [] } })).toEqual({
      eventType: "identity.session.finalized",
      utmTerm: "x",
    });
  });

  it("are those whose fields an unknown type shares", () => {
    const event = parseEvent(
      '{"type":"identity.unheard.of","id":"evt_1","data":{"session":{"sid":"ses_1"}}}',
    );
    if (event.status !== "unrecognized") throw new Error("known by now");
    expect(factsOf(event.event)).toEqual({
      eventId: "evt_1",
      eventType: "identity.unheard.of",
      sessionId: "ses_1",
    });
  });
});

describe("a session", () => {
  it("takes its ids from the attribution where the session is null", () => {
    const attribution = { sessionId: "ses_1", vid: "vis_1", pixelId: "pxl_1" };
    expect(of({ type: "t", data: { session: null, attribution } })).toEqual({
      eventType: "t",
      sessionId: "ses_1",
      sessionVisitorId: "vis_1",
      sessionPixelId: "pxl_1",
    });
  });

  it.each([
    [{ createdAt: 1000, endedAt: 3500 }, {}, 3500, 2.5],
    [{ createdAt: 1000, endedAt: null }, { sessionEndedAt: 3000 }, 3000, 2],
    [{ createdAt: 1000, endedAt: 2000 }, { sessionEndedAt: 3000 }, 2000, 1],
    [{ createdAt: 1000, endedAt: null, lastActivity: 1500.5 }, {}, undefined, 0.5005],
    [{ createdAt: 1000, endedAt: 1000 }, {}, 1000, 0],
    [{ createdAt: 1000, endedAt: 999 }, {}, 999, undefined],
    [{ endedAt: 999 }, {}, 999, undefined],
  ])("of %j and %j lasts", (visit, data, endedAt, duration) => {
    const facts = session(visit, data);
    expect([facts.sessionEndedAt, facts.sessionDurationSeconds]).toEqual([endedAt, duration]);
  });

  it("has its pages as addresses and as paths", () => {
    const facts = session({
      landingPage: "https://acme.com/a?x=1",
      referrer: "https://www.google.co.uk/search?q=acme",
      events: [{ url: "https://acme.com/a" }, { url: "https://acme.com/pricing#plans" }],
    });
    expect(facts).toEqual({
      eventType: "identity.session.finalized",
      sessionPageCount: 2,
      sessionLandingPage: "https://acme.com/a?x=1",
      sessionLandingPath: "/a",
      sessionLastPage: "https://acme.com/pricing#plans",
      sessionLastPath: "/pricing",
      sessionReferrer: "https://www.google.co.uk/search?q=acme",
      sessionReferrerDomain: "google.co.uk",
      pages: ["/a", "/pricing"],
    });
  });
});

describe("a bot", () => {
  it.each([
    [{ score: 29, verifiedBot: false }, true],
    [{ score: 30, verifiedBot: false }, false],
    [{ score: 99, verifiedBot: true }, true],
    [{ score: null, verifiedBot: false }, false],
    [{ score: 1, verifiedBot: null }, true],
    // Not computed, by the scale's author.
    [{ score: 0, verifiedBot: false }, false],
    [{ score: 0, verifiedBot: null }, undefined],
    [{ score: 0, verifiedBot: true }, true],
    [{ score: null, verifiedBot: null }, undefined],
    [null, undefined],
  ])("is likely by %j: %s", (botManagement, likely) => {
    expect(session({ network: { botManagement } }).botLikely).toBe(likely);
  });
});

describe("a bot by its user agent", () => {
  const browser =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
  const gptBot =
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)";
  const unknown = { score: null, verifiedBot: null, corporateProxy: null, verifiedBotCategory: null };

  it.each([
    [gptBot, unknown, true],
    [browser.replace("Chrome", "HeadlessChrome"), unknown, true],
    ["curl/8.14.1", null, true],
    ["curl/8.14.1", { score: 0, verifiedBot: false }, true],
    ["curl/8.14.1", { score: 80, verifiedBot: false }, false],
    [browser, unknown, undefined],
    [browser, { score: null, verifiedBot: false }, false],
  ])("is likely by %s and %j: %s", (userAgent, botManagement, likely) => {
    expect(session({ userAgent, network: { botManagement } }).botLikely).toBe(likely);
  });
});

describe("a person", () => {
  const person = (data: object) => of({ type: "t", data });

  it("has a full name of first and last name if there is none", () => {
    const name = (found: object) => person({ enrichment: { person: found } }).personFullName;
    expect(name({ fullName: "Dr. Jane Doe", firstName: "Jane", lastName: "Doe" })).toBe("Dr. Jane Doe");
    expect(name({ fullName: null, firstName: " Jane ", lastName: "Doe" })).toBe("Jane Doe");
    expect(name({ firstName: "", lastName: "Doe" })).toBe("Doe");
    expect(name({})).toBeUndefined();
    expect(person({ identity: { demographics: { firstName: "Jo", lastName: null } } }).personFullName).toBe(
      "Jo",
    );
  });

  it("has an address that was found invalid only in the list", () => {
    const validations = [{ email: "a@acme.com", validity: "invalid", provider: "p", error: null }];
    expect(person({ validations })).toEqual({ eventType: "t", personEmails: ["a@acme.com"] });
  });

  it("has the best address with its judgement", () => {
    const emailValidations = [
      { email: "JANE@gmail.com", validity: "valid", provider: "p", error: null },
      { email: "jane@acme.com", validity: "catch_all", provider: "p", error: null },
    ];
    const facts = person({ enrichment: { person: { email: "jane@acme.com" }, emailValidations } });
    expect(facts).toEqual({
      eventType: "t",
      personEmail: "jane@gmail.com",
      personEmailStatus: "valid",
      personEmailDomain: "gmail.com",
      personEmailIsFreemail: true,
      personEmails: ["jane@gmail.com", "jane@acme.com"],
      companyDomain: "acme.com",
      companySource: "email",
    });
  });

  it("has the LinkedIn address of the query where no person was found", () => {
    const query = { match: "linkedinUrl", type: "person", value: "https://linkedin.com/in/Jane/" };
    expect(person({ query, enrichment: null }).personLinkedinUrl).toBe("https://www.linkedin.com/in/jane");
    expect(person({ query: { ...query, match: "email" } }).personLinkedinUrl).toBeUndefined();
  });
});
