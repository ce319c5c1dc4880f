import fc from "fast-check";
import { payloads } from "@sessionhook/fixtures";
import { expect, it } from "vitest";
import { factsOf } from "../facts/facts.js";
import type { ReceivedEvent } from "../schema/event-types.js";
import { type DerivedRecords, deriveStored, recordsOf, recordsOfStored } from "./records-of.js";

const receivedAt = 1_771_000_000_123.5;
const [received, dayMs] = [Math.floor(receivedAt), 86_400_000];

function derive(event: object): DerivedRecords | undefined {
  const received = event as unknown as ReceivedEvent;
  return recordsOf({ id: "msg_1", event: received, receivedAt }, factsOf(received));
}

const final = (session: object, more: object = {}) =>
  derive({ type: "identity.session.finalized", data: { session, finalizedAt: 1_771_000_000_000, ...more } });

/** Checks everything that a database relies on. */
function checked(records: DerivedRecords | undefined): void {
  if (records === undefined) return;
  const { session, person, company, pages, precedence } = records;
  expect(JSON.parse(JSON.stringify(records))).toEqual(JSON.parse(JSON.stringify(structuredClone(records))));
  const times = [
    precedence.at,
    session?.startedAt,
    session?.endedAt,
    session?.finalizedAt,
    ...pages.map(({ at }) => at),
  ];
  for (const time of times.filter((each) => typeof each === "number"))
    expect(Number.isInteger(time) && time >= 0 && time <= received + dayMs).toBe(true);
  for (const row of [session, person, company, ...pages])
    for (const value of Object.values(row ?? {})) {
      expect(value).not.toBeUndefined();
      if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
      if (typeof value !== "string") continue;
      expect(value.length).toBeLessThanOrEqual(2048);
      expect(value.isWellFormed() && !value.includes("\0")).toBe(true);
    }
  for (const count of [
    session?.botScore,
    session?.companyEmployeeCount,
    company?.employeeCount,
    company?.monthlyVisitors,
  ])
    if (typeof count === "number") expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
  expect(session?.person ?? null).toBe(session === undefined ? null : (person?.key ?? null));
  expect(session?.company ?? null).toBe(session === undefined ? null : (company?.key ?? null));
  expect(person?.company ?? null).toBe(person === undefined ? null : (company?.key ?? null));
  expect(pages.map(({ position }) => position)).toEqual(pages.map((_, index) => index));
  expect(pages.length).toBeLessThanOrEqual(500);
}

it.each(payloads.types)("derives the records of a full %s", (type) => {
  const event = payloads.full(type);
  const records = derive(event);
  checked(records);
  expect(records?.session).toMatchObject({ eventId: "msg_1", eventType: type });
  expect(records?.precedence.final).toBe(type === "identity.session.finalized");
  expect(records?.person).toBeDefined();
  const raw = new TextEncoder().encode(JSON.stringify(event));
  const stored = { id: "msg_1", raw, receivedAt };
  expect(recordsOfStored(stored)).toEqual(records);
  expect(deriveStored(stored)).toEqual({ facts: factsOf(event as unknown as ReceivedEvent), records });
});

it("has the facts of a body of an unknown type, without records", () => {
  const raw = new TextEncoder().encode('{"type":"identity.new","data":{"session":{"vid":"v"}}}');
  expect(deriveStored({ id: "m", raw, receivedAt })).toEqual({
    facts: expect.objectContaining({ eventType: "identity.new", sessionVisitorId: "v" }),
    records: undefined,
  });
});

it("has no records of a body that does not fit its schema, or of an unknown type", () => {
  const of = (body: string) => recordsOfStored({ id: "m", raw: new TextEncoder().encode(body), receivedAt });
  expect(of("{")).toBeUndefined();
  expect(of('{"type":"identity.resolved","id":"e","created":1}')).toBeUndefined();
  expect(of('{"type":"identity.new","id":"e","created":1,"data":{"session":{"sid":"s"}}}')).toBeUndefined();
});

it("takes the key of a person from the best identity", () => {
  const key = (person: object, session: object = { vid: "v" }) =>
    final(session, { enrichment: { person } })?.person?.key;
  const all = {
    linkedinUrl: "https://LinkedIn.com/in/Jane/?x",
    linkedinId: "77",
    email: "J@b.com",
    fullName: "J",
  };
  expect(key(all)).toBe("linkedin:https://www.linkedin.com/in/jane");
  const members = ["ACoAAB2cDeFgHi", "ACoAAB2cDeFgHI"].map((id) => `https://www.linkedin.com/in/${id}`);
  expect(members.map((linkedinUrl) => key({ linkedinUrl }))).toEqual(members.map((url) => `linkedin:${url}`));
  expect(key({ ...all, linkedinUrl: "" })).toBe("linkedin-id:77");
  expect(key({ ...all, linkedinUrl: "https://www.linkedin.com/in/" })).toBe("linkedin-id:77");
  expect(key({ ...all, linkedinUrl: "N/A", linkedinId: "null" })).toBe("email:j@b.com");
  expect(key({ fullName: "J" }, { vid: "undefined" })).toBeUndefined();
  expect(key({ email: "J@b.com", fullName: "J" })).toBe("email:j@b.com");
  // The spellings of one mailbox: composed or not, the domain in Unicode or in ASCII.
  for (const email of ["Üma@müller.de", "U\u0308ma@mu\u0308ller.de", "üma@xn--mller-kva.de"])
    expect(key({ email })).toBe("email:üma@xn--mller-kva.de");
  expect(key({ fullName: "J" })).toBe("visitor:v");
  expect(key({ fullName: "J" }, {})).toBeUndefined();
  expect(key({ title: "CEO" })).toBeUndefined();
});

it("takes the key of a company from the best identity", () => {
  const key = (company: object) => final({}, { enrichment: { companies: [company] } })?.company?.key;
  const all = {
    domain: "www.Acme.com",
    linkedinUrl: "linkedin.com/company/Acme",
    linkedinId: "7",
    name: "ACME",
  };
  expect(key(all)).toBe("domain:acme.com");
  expect(key({ ...all, domain: "gmail.com" })).toBe("linkedin:https://www.linkedin.com/company/acme");
  expect(key({ linkedinId: "7", name: "ACME" })).toBe("linkedin-id:7");
  expect(key({ name: "ACME Ltd" })).toBe("name:acme ltd");
  expect(key({ name: "Self-Employed" })).toBeUndefined();
  expect(key({})).toBeUndefined();
});

it("has different keys for companies whose website is a page on the same platform", () => {
  const key = (name: string) => {
    const company = { name, domain: "facebook.com", website: `https://www.facebook.com/${name}` };
    return final({}, { enrichment: { companies: [company] } })?.company?.key;
  };
  expect([key("bakerymueller"), key("studiorossi")]).toEqual(["name:bakerymueller", "name:studiorossi"]);
});

it("takes no session id from a placeholder", () => {
  for (const sid of ["undefined", ".", ".."]) expect(final({ sid })?.session?.id).toBe("msg_1");
  expect(final({ sid: "s1" })?.session?.id).toBe("s1");
});

it("ends the last page view with the session", () => {
  const session = { sid: "s", createdAt: 1000, landingPage: "https://a.example/", lastActivity: 3000 };
  expect(final(session, { sessionEndedAt: 4000 })?.pages.map(({ seconds }) => seconds)).toEqual([3]);
  expect(final({ ...session, endedAt: null })?.pages.map(({ seconds }) => seconds)).toEqual([2]);
});

it("has neither source nor referrer for a visit that continues on the same site", () => {
  const session = { landingPage: "https://shop.acme.com/", referrer: "https://www.acme.com/pricing" };
  expect(final(session)?.session).toMatchObject({ source: null, referrer: null });
  expect(final({ ...session, utm: { source: "mail" } })?.session).toMatchObject({
    source: "mail",
    referrer: null,
  });
});

it("takes the source from the campaign, else from the referrer", () => {
  const touch = (session: object) => final(session)?.session;
  const referrer = "https://www.google.co.uk/search?q=secret";
  expect(touch({ utm: { source: "mail" }, referrer })).toMatchObject({
    source: "mail",
    referrer: "google.co.uk",
  });
  expect(touch({ referrer, landingPage: "https://a.example/p/?q#h" })).toMatchObject({
    source: "google.co.uk",
    landingPage: "/p/",
  });
  expect(touch({})).toMatchObject({ source: null, medium: null, landingPage: null, id: "msg_1" });
});

it("judges bots as the facts do", () => {
  const bot = (botManagement: object) => final({ network: { botManagement } })?.session?.bot;
  expect([bot({ score: 29 }), bot({ score: 30 }), bot({ score: 99, verifiedBot: true }), bot({})]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

it("lists page views with the time until the next", () => {
  const view = (url: string, ts: number, signal = "page_view", title: string | null = null) => ({
    url,
    ts,
    signal,
    title,
  });
  const session = {
    landingPage: "https://a.example/?utm_source=x",
    createdAt: 1000,
    endedAt: 30_000,
    events: [
      view("https://a.example/", 1100),
      view("https://a.example/#x", 5000, "click"),
      view("https://a.example/b", 7100),
      view("https://a.example/b", 9100),
      view("https://a.example/c", 10_100, "scroll", "C"),
      view("javascript:alert(1)", 11_000),
    ],
  };
  expect(final(session)?.pages).toEqual([
    { position: 0, at: 1100, path: "/", url: "https://a.example/", title: null, seconds: 6 },
    { position: 1, at: 7100, path: "/b", url: "https://a.example/b", title: null, seconds: 2 },
    { position: 2, at: 9100, path: "/b", url: "https://a.example/b", title: null, seconds: 1 },
    { position: 3, at: 10_100, path: "/c", url: "https://a.example/c", title: "C", seconds: 19.9 },
  ]);
  const landing = { landingPage: "https://a.example/l", landingTitle: "L", createdAt: 5 };
  expect(final(landing)?.pages).toEqual([
    { position: 0, at: 5, path: "/l", url: "https://a.example/l", title: "L", seconds: null },
  ]);
  expect(
    final({ ...landing, events: [view("https://a.example/z", 9)] })?.pages.map(({ path }) => path),
  ).toEqual(["/l", "/z"]);
});

it("replaces times that cannot be right by that of receipt", () => {
  const times = (session: object) => {
    const { startedAt, endedAt, durationSeconds } = final(session)?.session ?? {};
    return [startedAt, endedAt, durationSeconds];
  };
  expect(times({ createdAt: -5, endedAt: 1e300 })).toEqual([received, received, null]);
  expect(times({ createdAt: 0, endedAt: received })).toEqual([received, received, null]);
  expect(times({ createdAt: received + dayMs + 1 })).toEqual([received, null, null]);
  expect(times({ createdAt: received - 1000, endedAt: received + dayMs + 1 })).toEqual([
    received - 1000,
    received,
    1,
  ]);
  expect(times({ createdAt: received + dayMs, endedAt: received + dayMs })).toEqual([
    received + dayMs,
    received + dayMs,
    0,
  ]);
  expect(times({ createdAt: -5, endedAt: 1000 })).toEqual([received, null, null]);
  expect(times({ createdAt: 1000, lastActivity: 61_000 })).toEqual([1000, null, 60]);
  expect(final({ createdAt: 1.9 })?.session?.startedAt).toBe(1);
  expect(final({})?.session?.startedAt).toBe(received);
});

it("leaves out numbers that cannot be right", () => {
  const firm = (totalRaisedUsd: number) => {
    const company = { name: "Acme", funding: { totalRaisedUsd } };
    return final({}, { enrichment: { companies: [company] } })?.company?.fundingTotalUsd;
  };
  expect([firm(1e300), firm(-1e300), firm(-1), firm(0), firm(12.5)]).toEqual([null, null, null, 0, 12.5]);
  const score = (value: number) => final({ network: { botManagement: { score: value } } })?.session?.botScore;
  expect([score(0), score(1), score(99), score(100), score(1e9)]).toEqual([null, 1, 99, null, null]);
});

it("takes placeholders in campaign parameters for none", () => {
  const utm = {
    source: "(direct)",
    medium: "(none)",
    campaign: "(not set)",
    term: "NULL",
    content: " undefined ",
  };
  expect(final({ utm, referrer: "https://news.example.com/" })?.session).toMatchObject({
    source: "example.com",
    medium: null,
    campaign: null,
    term: null,
    content: null,
  });
});

it("takes the name of an Android app for the referrer", () => {
  const referrer = "android-app://com.google.android.gm/";
  expect(final({ referrer })?.session).toMatchObject({
    source: "com.google.android.gm",
    referrer: "com.google.android.gm",
  });
});

it("takes the source of a visit without campaign and referrer from its click identifier", () => {
  const source = (session: object) => final(session)?.session?.source;
  expect([source({ gclid: "a" }), source({ fbclid: "b" }), source({ gclid: "", fbclid: null })]).toEqual([
    "google",
    "facebook",
    null,
  ]);
  expect(source({ gclid: "a", referrer: "https://www.bing.com/" })).toBe("bing.com");
  expect(source({ gclid: "a", utm: { source: "newsletter" } })).toBe("newsletter");
});

it("is bounded and never throws, whatever the fields hold", () => {
  const path = fc.constantFrom(
    "session",
    "enrichment",
    "identity",
    "attribution",
    "validations",
    "query",
    "finalizedAt",
  );
  const value = fc.oneof(
    fc.anything({ withNullPrototype: false }),
    fc.constantFrom("x".repeat(9000), "\ud800", "a\0b", 1e308, -1, "https://a.example/\u{1f600}"),
  );
  const change = fc.tuple(
    fc.constantFrom(...payloads.types),
    path,

    value,
  );
  expect(() =>
    fc.assert(
      fc.property(change, fc.nat(), ([type, part, value], pick) => {
        const event = payloads.full(type) as { data: Record<string, unknown> };
        const target = event.data[part];
        if (typeof target === "object" && target !== null) {
          const keys = Object.keys(target);
          (target as Record<string, unknown>)[keys[pick % Math.max(1, keys.length)] ?? "x"] = value;
        } else event.data[part] = value;
        checked(derive(event));
      }),
      { numRuns: 1000 },
    ),
  ).not.toThrow();
});
