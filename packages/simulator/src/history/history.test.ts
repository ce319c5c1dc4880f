import { classifyEvent, parseEvent } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { describe, expect, it } from "vitest";
import { createHistory, type HistoryEvent } from "../index.js";
import { offsetOf } from "./rhythm.js";
import { places } from "../places.js";

const day = 86_400_000;
const hour = day / 24;
// A Wednesday, 09:30 UTC.
const now = Date.UTC(2026, 6, 1, 9, 30);
const history = createHistory({ seed: 42, now, sessions: 2500 });
const events = [...history];

function finalized(event: HistoryEvent) {
  const parsed = parseEvent(event.body);
  if (parsed.status !== "accepted" || parsed.event.type !== "identity.session.finalized")
    throw new Error(`${event.id} is ${parsed.status}`);
  return { ...event, data: parsed.event.data, facts: factsOf(parsed.event) };
}

/** A few further events of the same type do not fit the schema. */
const isSession = ({ type, body }: HistoryEvent) =>
  type === "identity.session.finalized" && classifyEvent(body).status === "accepted";
const sessions = events.filter(isSession).map(finalized);
const share = (test: (session: (typeof sessions)[number]) => boolean) =>
  sessions.filter(test).length / sessions.length;
const startOf = ({ data }: (typeof sessions)[number]) => data.session?.createdAt ?? 0;
const byVisitor = Map.groupBy(sessions, ({ facts }) => facts.sessionVisitorId ?? "");
const countBy = <T>(items: readonly T[], key: (item: T) => number) => {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
};

describe("createHistory", () => {
  it("generates the same events for the same options, byte for byte, also twice from one history", () => {
    const options = { seed: 5, now, sessions: 150 };
    const once = [...createHistory(options)];
    expect([...createHistory(options)]).toEqual(once);
    const again = createHistory(options);
    const live = [again.live(now), again.live(now + 5000)];
    expect([...again]).toEqual(once);
    const other = createHistory(options);
    expect([...other]).toEqual(once);
    expect([other.live(now), other.live(now + 5000)]).toEqual(live);
    expect([...createHistory({ ...options, seed: 6 })]).not.toEqual(once);
    expect([...createHistory({ ...options, now: now + 1 })]).not.toEqual(once);
  });

  it("generates the number of sessions, oldest event first, each id once, all received before now", () => {
    expect(sessions).toHaveLength(2500);
    const arrivals = events.map(({ receivedAt }) => receivedAt);
    expect(arrivals).toEqual(arrivals.toSorted((a, b) => a - b));
    expect(arrivals.every((at) => Number.isInteger(at) && at < now && at > now - 14 * day)).toBe(true);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    for (const count of [1, 2, 99, 101]) {
      const small = [...createHistory({ seed: 1, now, days: 1, sessions: count })];
      expect(small.filter(isSession)).toHaveLength(count);
    }
    for (const { data, receivedAt, facts } of sessions) {
      expect(receivedAt).toBeGreaterThan(data.finalizedAt ?? 0);
      expect(facts.sessionStartedAt).toBeLessThan(receivedAt);
    }
  });

  it("has events of the other types, and a few that core quarantines or does not recognize", () => {
    const statuses = events.map(({ body }) => classifyEvent(body).status);
    const count = (status: string) => statuses.filter((one) => one === status).length;
    expect(count("quarantined")).toBeGreaterThan(2);
    expect(count("unrecognized")).toBeGreaterThan(2);
    expect(count("quarantined") + count("unrecognized")).toBeLessThan(60);
    expect(events.filter(({ type }) => type === "identity.resolved").length).toBeGreaterThan(100);
  });

  it("has visitors who return, never with two sessions at a time, anonymous first and identified later", () => {
    const returning = [...byVisitor.values()].filter((visits) => visits.length > 1);
    expect(returning.length / byVisitor.size).toBeGreaterThan(0.2);
    let later = 0;
    for (const visits of returning) {
      const ordered = visits.toSorted((a, b) => startOf(a) - startOf(b));
      for (const [index, visit] of ordered.slice(1).entries())
        expect(startOf(visit)).toBeGreaterThan(ordered[index]?.data.finalizedAt ?? 0);
      const known = ordered.map(({ data }) => data.enrichment !== null);
      // Once identified, always identified.
      expect(known.toSorted((a, b) => Number(a) - Number(b))).toEqual(known);
      if (known[0] === false && known.at(-1) === true) later += 1;
    }
    expect(later).toBeGreaterThan(60);
  });

  it("follows the working day and week of its visitors", () => {
    const people = sessions.filter(({ facts }) => facts.botVerified !== true);
    const local = people.map((session) => {
      const place = places.find(({ timezone }) => timezone === session.facts.visitTimezone);
      return new Date(startOf(session) + (place === undefined ? 0 : offsetOf(place)));
    });
    const weekdays = countBy(local, (date) => date.getUTCDay());
    const weekend = ((weekdays.get(0) ?? 0) + (weekdays.get(6) ?? 0)) / 2;
    const working = [1, 2, 3, 4, 5].reduce((sum, one) => sum + (weekdays.get(one) ?? 0), 0) / 5;
    expect(working / weekend).toBeGreaterThan(2);
    const hours = countBy(local, (date) => date.getUTCHours());
    const sum = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => hours.get(from + i) ?? 0).reduce((a, b) => a + b, 0);
    expect(sum(9, 17)).toBeGreaterThan(0.55 * people.length);
    expect(sum(0, 6)).toBeLessThan(0.06 * people.length);
  });

  it("has campaigns that run all the time, and launches with a spike that fades", () => {
    const of = (campaign: string) => sessions.filter(({ facts }) => facts.utmCampaign === campaign);
    const daily = (campaign: string) =>
      countBy(of(campaign), (session) => Math.floor((startOf(session) - (now - 14 * day)) / day));
    const launch = daily("integrations-launch");
    const peak = Math.max(...launch.values());
    expect(Math.min(...launch.keys())).toBeGreaterThanOrEqual(7);
    expect(peak).toBeGreaterThan(60);
    expect(launch.get(12) ?? 0).toBeLessThan(peak / 4);
    expect(daily("brand_search").size).toBeGreaterThan(9);
    for (const { facts, data } of of("integrations-launch")) {
      expect(["linkedin", "producthunt"]).toContain(facts.utmSource);
      expect(new URL(data.session?.landingPage ?? "").searchParams.get("utm_campaign")).toBe(
        facts.utmCampaign,
      );
    }
  });

  it("has bots, corporate proxies and people with a private address only", () => {
    const bots = share(({ facts }) => facts.botLikely === true);
    expect(bots).toBeGreaterThan(0.03);
    expect(bots).toBeLessThan(0.08);
    expect(share(({ facts }) => facts.networkCorporateProxy === true)).toBeGreaterThan(0.02);
    const freemail = sessions.filter(({ facts }) => facts.personEmailIsFreemail === true);
    expect(freemail.length).toBeGreaterThan(20);
    for (const { facts } of freemail) {
      expect(facts.companyName).toBeUndefined();
      // Google issues no address with an underscore.
      expect(facts.personEmail).toMatch(/_@(?:gmail|googlemail)\.com$/);
    }
  });

  it("has a company whose people return over two weeks until one of them books a demo", () => {
    const journey = sessions
      .filter(({ facts }) => facts.companyDomain === "halden-robotics.example")
      .toSorted((a, b) => startOf(a) - startOf(b));
    expect(new Set(journey.map(({ facts }) => facts.personLinkedinUrl)).size).toBe(5);
    const [begin, last] = [journey[0], journey.at(-1)];
    expect((last?.facts.sessionStartedAt ?? 0) - (begin?.facts.sessionStartedAt ?? 0)).toBeGreaterThan(
      7 * day,
    );
    expect(last?.facts.pages).toEqual(["/pricing", "/customers", "/demo"]);
    expect(last?.data.session?.events?.at(-1)?.signal).toBe("form_submit");
    // The first person came from an advertisement; two of their colleagues were anonymous at first.
    expect(begin?.facts).toMatchObject({ utmCampaign: "abm_tier1", utmSource: "linkedin" });
    expect(begin?.facts.sessionVisitorId).toBe(last?.facts.sessionVisitorId);
    const visitors = [...new Set(journey.map(({ facts }) => facts.sessionVisitorId ?? ""))];
    expect(visitors.filter((one) => byVisitor.get(one)?.[0]?.data.enrichment === null)).toHaveLength(2);
    const pricing = journey.filter(({ facts }) => facts.pages?.includes("/pricing"));
    expect(pricing.length).toBeGreaterThan(5);
  });

  it.each([0, 1, 2, 3, 4, 5, 6])("keeps the journey in order when now is %s days later", (later) => {
    for (const days of [7, 10, 21]) {
      const at = now + later * day + 7 * hour;
      const journey = [...createHistory({ seed: later, now: at, days, sessions: 120 })]
        .filter(isSession)
        .map(finalized)
        .filter(({ facts }) => facts.companyDomain === "halden-robotics.example")
        .toSorted((a, b) => startOf(a) - startOf(b));
      expect(journey.at(-1)?.receivedAt).toBeLessThan(at);
      expect(journey.at(-1)?.facts.pages).toContain("/demo");
    }
  });

  it("uses only reserved addresses and domains, and plausible names of companies", () => {
    for (const { body } of events) {
      for (const [, ip] of body.matchAll(/"ip":"([^"]+)"/g))
        expect(ip).toMatch(/^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/);
      for (const [, name, host] of body.matchAll(/"([^"@\s]+)@([a-z0-9.-]+)"/g))
        expect(`${name}@${host}`).toMatch(
          /\.example$|@example\.(?:com|net|org)$|_@(?:gmail|googlemail)\.com$/,
        );
    }
    const named = sessions.filter(({ facts }) => facts.companyDomain && facts.companyName);
    const domains = new Map(named.map(({ facts }) => [facts.companyDomain, facts.companyName]));
    expect(domains.size).toBeGreaterThan(60);
    expect(new Set(domains.values()).size).toBe(domains.size);
  });

  it("continues with live sessions that are finalized now, of known and new visitors", () => {
    const live = Array.from({ length: 60 }, (_, index) => finalized(history.live(now + index * 3000)));
    for (const [index, { data, receivedAt }] of live.entries()) {
      expect(receivedAt).toBe(now + index * 3000);
      expect(receivedAt - (data.finalizedAt ?? 0)).toBeGreaterThanOrEqual(0);
      expect(receivedAt - (data.finalizedAt ?? 0)).toBeLessThan(3000);
    }
    const known = live.filter(({ facts }) => byVisitor.has(facts.sessionVisitorId ?? ""));
    expect(known.length).toBeGreaterThan(15);
    expect(known.length).toBeLessThan(55);
    expect(new Set(live.map(({ facts }) => facts.sessionVisitorId)).size).toBe(live.length);
    expect(new Set([...events, ...live].map(({ id }) => id)).size).toBe(events.length + live.length);
  });

  it("rejects options that are out of range", () => {
    expect(() => createHistory({ seed: Number.NaN, now })).toThrow(/seed/);
    expect(() => createHistory({ seed: 1, now: Number.POSITIVE_INFINITY })).toThrow(/now/);
    expect(() => createHistory({ seed: 1, now, days: 0 })).toThrow(/days/);
    expect(() => createHistory({ seed: 1, now, sessions: 1.5 })).toThrow(/sessions/);
  });
});
