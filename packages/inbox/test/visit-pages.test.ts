import { StoreError } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { companyPath, personPath, sessionPath } from "../src/paths.js";
import { makeInbox, start } from "./events.js";
import { text, idsOf, older, page, query } from "./read-pages.js";
import { changed, hostileBody, makeVisitInbox, simulated } from "./visits.js";

const olderOf = (html: string) => older(html) ?? "none";
const profile = "https://www.linkedin.com/in/jane";

/** The parts of an event that a test changes. */
interface Body {
  readonly id: string;
  readonly data: {
    readonly session: object;
    readonly enrichment: { readonly person: object | null; readonly companies: readonly object[] };
  };
}

/** The other fields of a signal. */
const empty = { v: "1", title: null, ref: null, outlink: null, props: {} };

describe("one session, person and company", async () => {
  const inbox = await makeVisitInbox(simulated(150));
  const row = (await inbox.facts.sessions({ identified: true, limit: 500 })).rows.find(
    ({ company, pageCount, bot }) => company !== null && pageCount > 2 && !bot,
  );

  test("a session shows its pages with times, its person and company, its deliveries and its event", async () => {
    const session = await inbox.facts.session(row?.id ?? "");
    const html = await page(inbox, sessionPath(session?.id ?? ""));
    const shown = text(html);
    for (const { title } of session?.pages ?? []) if (title !== null) expect(shown).toContain(title);
    expect(shown).toContain(row?.personName);
    expect(shown).toContain(row?.companyName);
    expect(html).toContain(`href="/events/${row?.eventId ?? ""}"`);
    expect(html).toContain(`href="${personPath(row?.person ?? "")}"`);
    expect(html).toContain(`href="${companyPath(row?.company ?? "")}"`);
    expect(html).toContain(">Waiting<");
    expect(html.match(/class="timeline-time"/g)).toHaveLength(session?.pages.length ?? 0);
  });

  test("an anonymous session names who the visitor was in other visits, and its ids can be copied", async () => {
    const known = simulated(40).find((body) => JSON.stringify(body).includes('"fullName":"')) as Body;
    const visit = (sid: string, enrichment: object | null) => ({
      ...known,
      id: `evt_${sid}`,
      data: { ...known.data, enrichment, session: { ...known.data.session, sid, vid: "vis_1" } },
    });
    const own = await makeVisitInbox([visit("ses_1", known.data.enrichment), visit("ses_2", null)]);
    const name = (await own.facts.session("ses_1"))?.personName ?? "none";
    const html = await page(own, "/sessions/ses_2");
    expect(text(html)).toContain("Nobody was identified in this session.");
    expect(html.slice(html.indexOf("Other visits"))).toContain(name);
    for (const id of ["ses_2", "vis_1"]) expect(html).toContain(`data-copy="${id}"`);
  });

  test("a time of a session has its date where the day is not that of the time above", async () => {
    const [body] = simulated(1) as [Body];
    const [first, second] = [Date.UTC(2026, 1, 27, 23, 50), Date.UTC(2026, 1, 28, 0, 10)];
    const last = Date.UTC(2028, 10, 13, 22, 10, 10);
    const events = [
      { ...empty, signal: "page_view", url: "https://a.example/a", ts: first },
      { ...empty, signal: "click", url: "https://a.example/a", ts: second },
      { ...empty, signal: "page_view", url: "https://a.example/b", ts: second + 1000 },
      { ...empty, signal: "click", url: "https://a.example/b", ts: last },
      { ...empty, signal: "click", url: "https://a.example/b", ts: last + 1000 },
    ];
    const landing = { landingPage: "https://a.example/a", createdAt: first };
    Object.assign(body.data.session, { sid: "ses_days", events, ...landing });
    const html = await page(await makeVisitInbox([body]), sessionPath("ses_days"));
    const times = [...html.matchAll(/<span class="(?:timeline|signal)-time"><time[^>]*>([^<]*)/g)];
    expect(times.map(([, time]) => time)).toEqual([
      "23:50:00",
      "28 Feb, 00:10:00",
      "00:10:01",
      "13 Nov 2028, 22:10:10",
      "22:10:11",
    ]);
  });

  test.each<[string, object, readonly string[]]>([
    ["no signals", { events: [] }, ["/pricing"]],
    ["signals on other pages only", { events: [{ signal: "page_view", path: "/b" }] }, ["/pricing", "/b"]],
    [
      "a fragment",
      {
        events: [
          { signal: "page_view", path: "/pricing" },
          { signal: "click", path: "/pricing#x" },
        ],
      },
      ["/pricing"],
    ],
  ])("the page of a session with %s has the page views of the API", async (_, session, paths) => {
    const [first] = simulated(1) as [Body];
    const { events, ...rest } = session as { events: readonly { signal: string; path: string }[] };
    const signals = events.map(({ path, ...signal }, n) => ({
      ...signal,
      url: `https://a.example${path}`,
      ts: start - 50_000 + n * 1000,
      ...empty,
    }));
    const visit = {
      ...first.data.session,
      ...rest,
      sid: "ses_1",
      landingPage: "https://a.example/pricing",
      createdAt: start - 60_000,
      events: signals,
    };
    const own = await makeVisitInbox([{ ...first, data: { ...first.data, session: visit } }]);
    expect((await own.facts.session("ses_1"))?.pages.map(({ path }) => path)).toEqual(paths);
    const html = await page(own, "/sessions/ses_1");
    const shown = [...html.matchAll(/class="timeline-path path">(.*?)<\/span>/g)].map(([, path = ""]) =>
      text(path),
    );
    expect(shown).toEqual(paths);
  });

  test("a long address of a page has a tooltip with all of it", async () => {
    const [first] = simulated(1) as [Body];
    const [short, long] = ["https://a.example/short", `https://a.example/${"x".repeat(240)}?q="end"`];
    const events = [short, long].map((url, n) => ({
      signal: "page_view",
      url,
      ts: start - 50_000 + n * 1000,
      ...empty,
    }));
    const session = {
      ...first.data.session,
      sid: "ses_1",
      landingPage: short,
      createdAt: start - 60_000,
      events,
    };
    const own = await makeVisitInbox([{ ...first, data: { ...first.data, session } }]);
    const html = await page(own, "/sessions/ses_1");
    const titles = [...html.matchAll(/class="timeline-path path"( title="[^"]*")?>/g)].map(
      ([, title]) => title,
    );
    expect(titles).toEqual([undefined, ` title="${long.replaceAll('"', "&quot;")}"`]);
  });

  test("a visit with more views than the tables have is marked, and one without a source names its medium", async () => {
    const [first] = simulated(40).filter((body) => JSON.stringify(body).includes('"companies":[{')) as [Body];
    const withViews = (sid: string, count: number) => ({
      ...first,
      id: `evt_${sid}`,
      data: {
        ...first.data,
        session: {
          ...first.data.session,
          sid,
          referrer: null,
          utm: { source: null, medium: "cpc", campaign: null, term: null, content: null },
          landingPage: "https://a.example/0",
          events: Array.from({ length: count }, (_, n) => ({
            signal: "page_view",
            url: `https://a.example/${n % 9}`,
            ts: start - 50_000 + n,
            ...empty,
          })),
        },
      },
    });
    const own = await makeVisitInbox([withViews("many", 3000), withViews("some", 350)]);
    const [visit] = (await own.facts.sessions({ limit: 1 })).rows;
    const person = text(await page(own, personPath(visit?.person ?? "")));
    expect(person).toContain("and 342 further views");
    expect(person).toContain("and more");
    expect(person).not.toContain("492 further");
    expect(person).toContain("from cpc");
    expect(person).not.toContain("a direct visit");
    expect(text(await page(own, "/sessions/many"))).toContain(
      "And more views and signals, in the raw event.",
    );
    expect(text(await page(own, "/sessions/some"))).toContain("And 50 further views, in the raw event.");
  });

  test("a person and a company list every visit with its pages and its event", async () => {
    for (const [path, filter] of [
      [personPath(row?.person ?? ""), { person: row?.person ?? "" }],
      [companyPath(row?.company ?? ""), { company: row?.company ?? "" }],
    ] as const) {
      const html = await page(inbox, path);
      const visits = (await inbox.facts.sessions({ ...filter, limit: 20 })).rows;
      expect(visits.length).toBeGreaterThan(0);
      for (const { id, eventId } of visits) {
        expect(html).toContain(`href="${sessionPath(id)}"`);
        expect(html).toContain(`href="/events/${eventId}"`);
      }
      expect(text(html)).toMatch(/First (?:and only )?touch/);
    }
    expect(await page(inbox, companyPath(row?.company ?? ""))).toContain(
      `href="${personPath(row?.person ?? "")}"`,
    );
  });

  test("links of people and companies survive a proxy, and those of earlier versions work decoded and merged", async () => {
    const [person, company] = [
      "linkedin:https://www.linkedin.com/in/j%C3%BCrgen",
      "linkedin:https://www.linkedin.com/company/a",
    ];
    const row = <Row>(value: Row | undefined) => value as Row;
    const known = await inbox.facts.person((await inbox.facts.people({ limit: 1 })).rows[0]?.key ?? "");
    const firm = await inbox.facts.company((await inbox.facts.companies({ limit: 1 })).rows[0]?.key ?? "");
    const { get } = await makeInbox([], {
      facts: changed(inbox.facts, {
        person: async (key) => (key === person ? { ...row(known), key } : undefined),
        company: async (key) => (key === company ? { ...row(firm), key } : undefined),
      }),
    });
    expect(personPath(person)).toBe("/people?key=linkedin:https://www.linkedin.com/in/j%25C3%25BCrgen");
    for (const path of [
      personPath(person),
      `/people/${encodeURIComponent(person)}`,
      "/people/linkedin:https://www.linkedin.com/in/j%25C3%25BCrgen",
      "/people/linkedin:https:/www.linkedin.com/in/j%25C3%25BCrgen",
      companyPath(company),
      `/companies/${encodeURIComponent(company)}`,
      "/companies/linkedin:https:/www.linkedin.com/company/a",
    ])
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    const slash = await get("/people/linkedin:https:/www.linkedin.com/in/jane/");
    expect([slash.status, slash.headers.get("location")]).toEqual([
      308,
      "/people/linkedin:https:/www.linkedin.com/in/jane",
    ]);
  });

  test("an older page of a person and of a company shows the newest details", async () => {
    const [first] = simulated(40).filter((body) => JSON.stringify(body).includes('"companies":[{')) as [Body];
    const bodies = Array.from({ length: 25 }, (_, i) => {
      const { id, data, ...rest } = structuredClone(first);
      // Without an employment, the first company is that of the person.
      const named = { headline: `Headline ${i}`, linkedinUrl: profile, employments: [] };
      const person = { ...data.enrichment.person, ...named };
      const companies = data.enrichment.companies.map((one) => ({ ...one, description: `Description ${i}` }));
      const session = { ...data.session, sid: `ses_${i}`, createdAt: start - (25 - i) * 60_000 };
      return { ...rest, id: `${id}_${i}`, data: { ...data, session, enrichment: { person, companies } } };
    });
    const own = await makeVisitInbox(bodies);
    const [visit] = (await own.facts.sessions({ limit: 1 })).rows;
    for (const [path, word] of [
      [personPath(visit?.person ?? ""), "Headline"],
      [companyPath(visit?.company ?? ""), "Description"],
    ] as const) {
      const newest = await page(own, path);
      expect(text(newest)).toContain(`${word} 24`);
      const older = await page(own, olderOf(newest));
      expect(older).toContain("/sessions/ses_4");
      expect(text(older)).toContain(`${word} 24`);
      expect(text(older)).not.toContain(`${word} 4`);
    }
  });

  test.each(["/sessions/none", "/people/none", "/companies/none", "/people?key=none"])(
    "%s is a 404 page",
    async (path) => {
      const answer = await inbox.get(path);
      expect([answer.status, text(await answer.text())]).toEqual([404, expect.stringContaining("No such")]);
    },
  );

  test("a session whose event is gone shows the pages that were derived", async () => {
    const { get } = await makeInbox([], { facts: inbox.facts });
    const html = await (await get(sessionPath(row?.id ?? ""))).text();
    expect(html.match(/class="timeline-time"/g)).toHaveLength(
      (await inbox.facts.session(row?.id ?? ""))?.pages.length ?? 0,
    );
  });
});

test("hostile values are text on every page, and only web addresses are links", async () => {
  const inbox = await makeVisitInbox([...simulated(5), ...[0, 1, 2, 3, 4, 5, 6].map((n) => hostileBody(n))]);
  const { facts } = inbox;
  const sessions = (await facts.sessions({ limit: 100 })).rows;
  const hostile = sessions.filter(
    ({ personName }) => personName !== null && /hacked|evil|user/.test(personName),
  );
  expect(hostile).toHaveLength(7);
  const paths = [
    "/?bots=all",
    "/people",
    "/companies",
    ...sessions.map(({ id }) => sessionPath(id)),
    ...(await facts.people({ limit: 100 })).rows.map(({ key }) => personPath(key)),
    ...(await facts.companies({ limit: 100 })).rows.map(({ key }) => companyPath(key)),
    ...hostile.flatMap(({ source, campaign, personName, person, company }) => [
      query({ source: source ?? "", campaign: campaign ?? "", q: personName ?? "" }),
      query({ person: person ?? "", company: company ?? "", medium: personName ?? "", bots: "all" }),
      `/people?${new URLSearchParams({ company: company ?? "", q: personName ?? "" }).toString()}`,
    ]),
  ];
  for (const { id, source, campaign } of hostile) {
    const html = await page(inbox, query({ source: source ?? " ", campaign: campaign ?? " ", bots: "all" }));
    expect(idsOf(html)).toContain(id);
  }
  for (const path of paths) {
    const answer = await inbox.get(path);
    expect([path, answer.status]).toEqual([path, 200]);
    const html = await answer.text();
    const main = /<main.*<\/main>/s.exec(html)?.[0] ?? "";
    expect(main).not.toBe("");
    expect(html.replaceAll(/ value="[^"]*"/g, "")).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000\u0007]/);
    expect(main).not.toMatch(/<script|<img|<iframe|<style|style=/);
    expect(main.replaceAll(/"[^"]*"/g, "")).not.toMatch(/<[^>]*\son\w+=/);
    for (const [, tag = "", href = ""] of main.matchAll(/<a([^>]*?) ?href="([^"]*)"/g)) {
      if (href.startsWith("/") && !href.startsWith("//")) continue;
      expect(href).toMatch(/^https?:\/\//);
      expect(tag + html).toMatch(/rel="noreferrer noopener nofollow"/);
    }
    expect(html.length, path).toBeLessThan(400_000);
  }
});

test.each(["/", "/sessions/x", "/people", "/people/x", "/companies", "/companies/x"])(
  "%s is a 503 page if the store is unavailable",
  async (path) => {
    const fail = () => Promise.reject(new StoreError("store_unavailable", "the secret reason"));
    const { facts } = await makeVisitInbox();
    const failing = changed(facts, {
      sessions: fail,
      session: fail,
      people: fail,
      person: fail,
      companies: fail,
      company: fail,
    });
    const { get } = await makeInbox([], { facts: failing });
    const answer = await get(path);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await answer.text()).not.toContain("secret reason");
  },
);
