import { describe, expect, it } from "vitest";
import { createSimulator } from "./index.js";

interface Finalized {
  created: number;
  data: {
    session: {
      vid: string;
      sid: string;
      createdAt: number;
      lastActivity: number;
      endedAt: number | null;
      referrer: string | null;
      landingPage: string;
      gclid: string | null;
      fbclid: string | null;
      timezone: string;
      userAgent: string;
      utm: Record<string, string | null>;
      screen: { width: number; height: number };
      network: { country: string; isEU: boolean; botManagement: { verifiedBot: boolean | null } };
      events: { url: string; ts: number; ref: string | null }[];
      options: object;
    };
    enrichment: {
      person: { fullName: string | null };
      companies: { employeeCount: number | null; headcount: { total: number } | null }[];
    } | null;
    sessionEndedAt: number;
    eventCount: number;
    finalizedAt: number;
  };
}

const now = Date.UTC(2026, 6, 1, 9, 30);
const simulator = createSimulator({ seed: 42, now });
const bodies = Array.from({ length: 3000 }, () => simulator.next().body);
const events = bodies.map((body) => JSON.parse(body) as Finalized);
const share = (test: (event: Finalized) => boolean) => events.filter(test).length / events.length;
const week = 7 * 86_400_000;

describe("finalized sessions", () => {
  it("have times in order, within the simulated week", () => {
    for (const { created, data } of events) {
      const { session } = data;
      const stamps = session.events.map((event) => event.ts);
      expect(stamps).toEqual(stamps.toSorted((a, b) => a - b));
      const order = [
        now - week,
        session.createdAt,
        stamps[0] as number,
        session.lastActivity,
        data.sessionEndedAt,
        data.finalizedAt,
        created,
        now,
      ];
      expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect(order.every(Number.isInteger)).toBe(true);
      expect(session.lastActivity).toBe(stamps.at(-1));
      expect(data.eventCount).toBe(session.events.length);
      if (session.endedAt !== null) expect(data.sessionEndedAt).toBe(session.endedAt);
    }
  });

  it("stay on one site, start on the landing page and name the previous page", () => {
    for (const { session } of events.map((event) => event.data)) {
      const first = session.events[0];
      expect(first?.url).toBe(session.landingPage);
      expect(first?.ref).toBe(session.referrer);
      const seen = new Set<string | null>([session.referrer]);
      for (const event of session.events) {
        expect(new URL(event.url).origin).toBe(new URL(session.landingPage).origin);
        expect(seen.has(event.ref)).toBe(true);
        seen.add(event.url);
      }
    }
  });

  it("have consistent campaign, click ids, referrer and landing page", () => {
    for (const { session } of events.map((event) => event.data)) {
      const query = new URL(session.landingPage).searchParams;
      for (const [name, value] of Object.entries(session.utm)) expect(query.get(`utm_${name}`)).toBe(value);
      expect(query.get("gclid")).toBe(session.gclid);
      expect(query.get("fbclid")).toBe(session.fbclid);
      if (session.gclid !== null) expect(session.utm).toMatchObject({ source: "google", medium: "cpc" });
      if (session.fbclid !== null) expect(session.utm["source"]).toBe("facebook");
    }
    expect(share((event) => event.data.session.gclid !== null)).toBeGreaterThan(0.05);
    expect(share((event) => event.data.session.referrer === null)).toBeGreaterThan(0.2);
  });

  it("have returning visitors with one device and network, never two sessions at a time", () => {
    const visits = Map.groupBy(
      events.map((event) => event.data),
      (data) => data.session.vid,
    );
    const returning = [...visits.values()].filter((sessions) => sessions.length > 1);
    expect(returning.length).toBeGreaterThan(50);
    for (const sessions of returning) {
      expect(
        new Set(sessions.map(({ session }) => JSON.stringify([session.network, session.userAgent]))).size,
      ).toBe(1);
      const spans = sessions.toSorted((a, b) => a.session.createdAt - b.session.createdAt);
      for (const [i, next] of spans.slice(1).entries()) {
        expect(next.session.createdAt).toBeGreaterThan((spans[i] as Finalized["data"]).finalizedAt);
      }
    }
  });

  it("have consistent time zones, EU flags and screens", () => {
    const union = new Set(["DE", "FR", "NL", "ES", "IT", "PL", "SE"]);
    for (const { session } of events.map((event) => event.data)) {
      const { network, screen, userAgent } = session;
      expect(network.isEU).toBe(union.has(network.country));
      expect(() => new Intl.DateTimeFormat("en", { timeZone: session.timezone })).not.toThrow();
      if (network.botManagement.verifiedBot !== true) {
        expect(screen.width < screen.height).toBe(/Mobile/.test(userAgent));
        expect(session.timezone.startsWith("America/")).toBe(["US", "CA", "BR"].includes(network.country));
      }
    }
    expect(new Set(events.map((event) => event.data.session.network.country)).size).toBeGreaterThan(12);
  });

  it("have the shares of real traffic", () => {
    expect(share((event) => event.data.enrichment === null)).toBeGreaterThan(0.35);
    expect(share((event) => event.data.enrichment === null)).toBeLessThan(0.55);
    expect(share((event) => Object.keys(event.data.session.options).length === 0)).toBeGreaterThan(0.6);
    const bots = share((event) => event.data.session.network.botManagement.verifiedBot === true);
    expect(bots).toBeGreaterThan(0.005);
    expect(bots).toBeLessThan(0.1);
    expect(bodies.some((body) => /\p{Script=Han}/u.test(body))).toBe(true);
    expect(bodies.some((body) => /\p{Script=Hangul}/u.test(body))).toBe(true);
    expect(bodies.some((body) => /"fullName":"[^"]*[À-ž]/u.test(body))).toBe(true);
  });

  it("vary from about 2 to 12 kB", () => {
    const sizes = bodies.map((body) => new TextEncoder().encode(body).length).toSorted((a, b) => a - b);
    const at = (share: number) => sizes[Math.floor(share * (sizes.length - 1))] as number;
    expect(at(0)).toBeGreaterThan(1000);
    expect(at(0.5)).toBeGreaterThan(3000);
    expect(at(0.99)).toBeLessThan(12_288);
    expect(at(0.95) / at(0.1)).toBeGreaterThan(2.5);
  });

  it("have companies with figures that match their size", () => {
    for (const company of events.flatMap((event) => event.data.enrichment?.companies ?? [])) {
      if (company.headcount !== null && company.employeeCount !== null) {
        expect(company.headcount.total).toBe(company.employeeCount);
      }
    }
  });

  it("use only reserved addresses and domains", () => {
    for (const body of bodies) {
      for (const [, ip] of body.matchAll(/"ip":"([^"]+)"/g)) {
        expect(ip).toMatch(/^(?:192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/);
      }
      for (const [, host] of body.matchAll(/[a-z0-9]@([a-z0-9.-]+)"/g)) {
        expect(host).toMatch(/\.example$|^example\.(?:com|net|org)$/);
      }
    }
  });
});
