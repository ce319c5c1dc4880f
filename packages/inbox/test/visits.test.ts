import { type SessionRow, StoreError } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { companyPath, personPath, sessionPath } from "../src/paths.js";
import { makeEvent, makeInbox, start } from "./events.js";
import { changed, hostileBody, makeVisitInbox, simulated, type VisitInbox } from "./visits.js";

const text = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
const idsOf = (html: string) =>
  [...html.matchAll(/row-link[^>]*href="\/sessions\/([^"]*)"/g)].map(([, id = ""]) => decodeURIComponent(id));
const older = (html: string) => / rel="next" href="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
/** Opens a page as a browser does: an address with empty parameters leads to the one without them. */
const page = async (inbox: VisitInbox, path: string) => {
  const answer = await inbox.get(path);
  const clean = answer.status === 303 ? answer.headers.get("location") : null;
  return (clean === null ? answer : await inbox.get(clean)).text();
};
const query = (parts: Record<string, string>) => `/?${new URLSearchParams(parts).toString()}`;

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

/** Every id of a list, over all of its pages. */
async function allIds(inbox: VisitInbox, first: string): Promise<string[]> {
  const ids: string[] = [];
  for (let path: string | undefined = first; path !== undefined;) {
    const html: string = await page(inbox, path);
    ids.push(...idsOf(html));
    path = older(html);
  }
  return ids;
}

describe("the list of sessions", async () => {
  const inbox = await makeVisitInbox(simulated(220));
  const all = (await inbox.facts.sessions({ limit: 500 })).rows;
  const people = all.filter(({ bot }) => !bot);
  const ids = (rows: readonly SessionRow[], fits: (row: SessionRow) => boolean) =>
    rows.filter(fits).map(({ id }) => id);

  test("is the home page: every session once, newest first, without bots", async () => {
    expect(all.length).toBeGreaterThan(people.length);
    expect(await allIds(inbox, "/")).toEqual(people.map(({ id }) => id));
    expect(await page(inbox, "/")).toContain("<h1>Sessions</h1>");
    const listed = await allIds(inbox, "/?bots=all");
    expect(listed).toEqual(all.map(({ id }) => id));
    expect(await allIds(inbox, "/?bots=only")).toEqual(ids(all, ({ bot }) => bot));
  });

  const source = people.find((row) => row.source !== null && row.campaign !== null);
  test.each([
    [{ source: source?.source ?? "" }, (row: SessionRow) => row.source === source?.source],
    [{ source: " " }, (row: SessionRow) => row.source === null],
    [{ medium: source?.medium ?? "" }, (row: SessionRow) => row.medium === source?.medium],
    [{ campaign: source?.campaign ?? "" }, (row: SessionRow) => row.campaign === source?.campaign],
    [{ country: "US" }, (row: SessionRow) => row.country === "US"],
    [{ visitor: "identified" }, (row: SessionRow) => row.person !== null],
    [{ visitor: "anonymous" }, (row: SessionRow) => row.person === null],
    [{ size: "51-200" }, ({ companyEmployeeCount: n }: SessionRow) => n !== null && n >= 51 && n < 201],
    [{ size: "5001-" }, ({ companyEmployeeCount: n }: SessionRow) => n !== null && n >= 5001],
    [{ time: "24h" }, (row: SessionRow) => row.startedAt >= start - 86_400_000],
    [
      { from: "2026-02-25", to: "2026-02-26" },
      ({ startedAt: at }: SessionRow) => at >= Date.UTC(2026, 1, 25) && at < Date.UTC(2026, 1, 27),
    ],
    [
      { from: "2026-02-26", to: "2026-02-26", time: "1h", instead: "days" },
      ({ startedAt: at }: SessionRow) => at >= Date.UTC(2026, 1, 26) && at < Date.UTC(2026, 1, 27),
    ],
    [{ from: "2026-02-26", to: "" }, ({ startedAt: at }: SessionRow) => at >= Date.UTC(2026, 1, 26)],
    [{ from: "", to: "2026-02-26" }, ({ startedAt: at }: SessionRow) => at < Date.UTC(2026, 1, 27)],
    [
      { from: "2026-02-22", to: "2026-02-22", instead: "24h" },
      (row: SessionRow) => row.startedAt >= start - 86_400_000,
    ],
    [
      { country: "US", visitor: "identified" },
      (row: SessionRow) => row.country === "US" && row.person !== null,
    ],
  ])("filters by %o, on every page", async (filter, fits) => {
    const expected = ids(people, fits);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(people.length);
    expect(await allIds(inbox, query(filter))).toEqual(expected);
  });

  test("searches names, e-mail addresses, companies, domains and ids", async () => {
    const row = people.find(
      ({ personEmail, personName, companyDomain }) => personEmail && personName && companyDomain,
    );
    for (const q of [row?.personName, row?.personEmail, row?.companyName, row?.companyDomain, row?.id])
      expect(idsOf(await page(inbox, query({ q: ` ${q ?? "none"}\u200b` }))), q ?? "").toContain(row?.id);
    expect(idsOf(await page(inbox, "/?q=zzzzzz"))).toEqual([]);
  });

  test("shows the chosen filter, preserves it in links, and offers to clear it", async () => {
    const html = await page(inbox, "/?country=US&medium=email&visitor=identified&q=a&time=90d");
    expect(html).toMatch(/<option value="US" selected[^>]*>United States/);
    expect(html).toMatch(/<option value="identified" selected/);
    expect(html).toMatch(/<option value="90d" selected/);
    expect(text(html)).toContain("Medium: email");
    expect(html).toContain('<input type="hidden" name="medium" value="email"/>');
    expect(html).toMatch(
      /data-live="\/live\/sessions\?q=a&amp;time=90d&amp;medium=email&amp;country=US&amp;visitor=identified"/,
    );
    expect(html).toContain("Clear all filters");
    expect(await page(inbox, "/?time=nonsense&size=1&visitor=x&bots=y&country=&source=")).not.toContain(
      "Clear all filters",
    );
    expect(older(await page(inbox, "/?country=US"))).toMatch(/^\/\?country=US&cursor=/);
  });

  test("shows the chosen days, preserves them in links, and lets another time replace them", async () => {
    const html = await page(inbox, "/?time=7d&from=2026-02-23&to=2026-02-28&bots=all");
    expect(html).toContain('<input type="date" name="from" value="2026-02-23"/>');
    expect(html).toContain('<input type="date" name="to" value="2026-02-28"/>');
    expect(html).toMatch(/<select [^>]*name="instead"[^>]*><option value="days" selected/);
    expect(html).not.toContain('name="time"');
    const days = "from=2026-02-23&amp;to=2026-02-28&amp;bots=all";
    expect(html).toContain(`data-live="/live/sessions?${days}"`);
    expect(html).toContain(`href="/sessions.csv?${days}"`);
    expect(older(html)).toMatch(/^\/\?from=2026-02-23&to=2026-02-28&bots=all&cursor=/);
    expect(html).toContain("Clear all filters");
    const live = (await (await inbox.get(`/live/sessions?${days.replaceAll("amp;", "")}`)).json()) as object;
    expect(live).toEqual({ sessions: idsOf(html).map((id) => sessionPath(id)) });

    const any = await page(inbox, "/?instead=any&from=2026-02-23&to=2026-02-28");
    expect(any).not.toContain("Clear all filters");
    expect(any).toContain('<input type="date" name="from" value=""/>');
    expect(await page(inbox, "/?instead=24h&from=2026-02-23&to=")).toContain(
      'data-live="/live/sessions?time=24h"',
    );
  });

  test("a choice that no visit has is still shown as chosen", async () => {
    const html = await page(inbox, "/?source=%3Cb%3Eunheard");
    expect(html).toContain('<option value="&lt;b&gt;unheard" selected="">&lt;b&gt;unheard</option>');
    expect(text(html)).toContain("No matching sessions");
  });

  test("names the number of a selection that fits one page, and never the total of everything as its number", async () => {
    const headOf = (html: string) => text(/<div class="list-head">(.*?)<\/div>/s.exec(html)?.[1] ?? "");
    const { sessions, people, companies } = await inbox.facts.status();
    const inAll = `${sessions} sessions in all, with bots`;
    const head = async (path: string) => headOf(await page(inbox, path));
    expect(await head("/")).toContain(`${inAll} · ${people} people · ${companies} companies`);
    expect(await head("/?q=zzzz")).toContain(`0 sessions match · ${inAll}`);
    const all = await page(inbox, "/?bots=all");
    expect(headOf(all)).toContain(`Filtered · ${inAll}`);
    const last = await page(inbox, older(await page(inbox, "/?visitor=anonymous")) ?? "none");
    expect(headOf(last)).toContain(`Filtered · ${inAll}`);
    const name = people === 0 ? "" : ((await inbox.facts.people({ limit: 1 })).rows[0]?.email ?? "");
    expect(await head(`/people?q=${encodeURIComponent(name)}`)).toContain(
      `1 person matches · ${people} people in all`,
    );
    expect(await head("/companies?q=zzzz")).toContain(`0 companies match · ${companies} companies in all`);
    expect(await head("/companies?from=x")).not.toContain("in all");
    expect(await head("/?from=x")).not.toContain("in all");
    const stopped = changed(inbox.facts, {
      sessions: async () => ({ rows: [], nextCursor: "next", examinedTo: start }),
      people: async () => ({ rows: [], nextCursor: "next", examinedTo: start }),
    });
    const { get } = await makeInbox([], { facts: stopped });
    for (const path of ["/?q=a", "/people?q=a"])
      expect(headOf(await (await get(path)).text())).toContain("Filtered · ");
  });

  test("a cursor of another list leads to the first page of the same filter", async () => {
    const answer = await inbox.get("/?country=US&cursor=nonsense");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/?country=US"]);
  });

  test("the first page with stylesheet and script is smaller than 100 kB", async () => {
    const html = await page(inbox, "/");
    expect(idsOf(html)).toHaveLength(50);
    const assets = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]*)"/g)].map(([, path = ""]) => path);
    expect(assets.length).toBeGreaterThanOrEqual(3);
    const parts = [html, ...(await Promise.all([...new Set(assets)].map((path) => page(inbox, path))))];
    expect(new TextEncoder().encode(parts.join("")).length).toBeLessThan(100_000);
  });

  test("shows how far a search that stopped at a limit has read", async () => {
    const stopped = changed(inbox.facts, {
      sessions: async () => ({ rows: [], nextCursor: "next", examinedTo: start - 3_600_000 }),
      people: async () => ({ rows: [], nextCursor: "next", examinedTo: start - 3_600_000 }),
    });
    const { get } = await makeInbox([], { facts: stopped });
    for (const path of ["/?q=rare", "/people?q=rare"]) {
      const html = await (await get(path)).text();
      expect(text(html)).toContain("Searched back to 1 Mar, 11:00. Look further back");
      expect(older(html)).toMatch(/\?q=rare&cursor=next$/);
      expect(text(html)).not.toContain("No matching");
    }
  });
});

test("an empty store shows the next step on every list; one without matches offers to clear the filter", async () => {
  const inbox = await makeVisitInbox();
  for (const path of ["/", "/people", "/companies"]) {
    expect(text(await page(inbox, path))).toContain("npm run sessionhook -- send");
    expect(text(await page(inbox, `${path}?q=x`))).toContain("Clear all filters");
  }
  const { facts } = inbox;
  const status = async () => ({ ...(await facts.status()), incomplete: true });
  const { get } = await makeInbox([], { facts: changed(facts, { status }) });
  expect(text(await (await get("/")).text())).toContain("npm run sessionhook -- derive rebuild");
});

test("a store with only sessions of bots explains the empty list and offers to show them", async () => {
  const inbox = await makeVisitInbox(simulated(200));
  const bots = (await inbox.facts.sessions({ bots: "only", limit: 100 })).rows.map(({ eventId }) => eventId);
  const only = await makeVisitInbox(
    simulated(200).filter((body) => bots.includes((body as { id: string }).id)),
  );
  expect(text(await page(only, "/"))).toContain("Only bots so far");
  expect(idsOf(await page(only, "/?bots=all"))).toHaveLength(bots.length);
});

describe("days that select nothing are explained", async () => {
  const inbox = await makeVisitInbox(simulated(20));
  test.each([
    ["“2026-02-31” is not a day", { from: "2026-02-31" }],
    ["“x” is not a day", { to: "x" }],
    ["“9999-12-31” is not a day from 1970-01-01 to 2999-12-31", { from: "9999-12-31" }],
    ["“0026-02-01” is not a day", { from: "0026-02-01" }],
    ["“2026-02-01T00:00” is not a day", { from: "2026-02-01T00:00" }],
    ["“1767225600000” is not a day", { from: "1767225600000", to: "2026-03-01" }],
    ["“⟨U+202E⟩<b>⟨U+0000⟩” is not a day", { from: "\u202e<b>\u0000" }],
    [`“${"x".repeat(80)}…” is not a day`, { from: "x".repeat(5000) }],
    ["The last day, 2026-02-22, is before the first, 2026-02-28.", { from: "2026-02-28", to: "2026-02-22" }],
  ])("%s", async (words, days: Record<string, string>) => {
    const range = new URLSearchParams(days).toString();
    for (const [path, list] of [
      ["/", "sessions"],
      ["/people", "people"],
      ["/companies", "companies"],
    ]) {
      const answer = await inbox.get(`${path}?${range}&country=US`);
      const html = await answer.text();
      expect([answer.status, text(html)]).toEqual([200, expect.stringContaining(words)]);
      expect(html).not.toMatch(/<tbody|data-live|\.csv|\.ndjson|<input type="date"[^>]* value="[^"2]/);
      expect(html).toMatch(new RegExp(`href="${path}\\?country=US"[^>]*>Show any time`));
      if (words.startsWith("The last"))
        expect(html).toContain(`href="${path}?from=2026-02-22&amp;to=2026-02-28&amp;country=US"`);
      const file = await inbox.get(`/${list}.ndjson?${range}`);
      expect([file.status, await file.text()]).toEqual([200, ""]);
    }
    const live = await inbox.get(`/live/sessions?${range}`);
    expect([live.status, await live.json()]).toEqual([200, { sessions: [] }]);
  });

  test("a day without a visit is a day", async () => {
    for (const day of ["1970-01-01", "2999-12-31"])
      expect(text(await page(inbox, `/?from=${day}&to=${day}`))).toContain("No matching sessions");
  });
});

test.each([
  ["a tab", "Zoë\tÜnal"],
  ["a line break", "Zoë\r\nÜnal"],
  ["a non-joiner", "Zoë\u200cÜnal"],
  ["nothing but marks around it", "\u200e\tZoë Ünal\u200f\n"],
])("a search with %s between its words finds both", async (_, q) => {
  const [body] = simulated(40).filter((one) => JSON.stringify(one).includes('"firstName":')) as [
    { data: { enrichment: { person: object } } },
  ];
  body.data.enrichment.person = {
    ...body.data.enrichment.person,
    firstName: "Zoë",
    lastName: "Ünal",
    fullName: "Zoë Ünal",
  };
  const inbox = await makeVisitInbox([body]);
  expect(idsOf(await page(inbox, query({ q, bots: "all" })))).toHaveLength(1);
});

describe("without derived tables", () => {
  test("the list of events is the home page, and the others explain what is missing", async () => {
    const { get } = await makeInbox([makeEvent({ id: "evt_1" })]);
    const home = await get("/?status=accepted&q=evt");
    expect([home.status, home.headers.get("location")]).toEqual([303, "/events?status=accepted&q=evt"]);
    for (const path of ["/people", "/people/x", "/companies", "/companies/x", "/sessions/x"]) {
      const answer = await get(path);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(text(await answer.text())).toContain("no tables of sessions, people and companies");
    }
    expect((await get("/live/sessions")).status).toBe(404);
    expect(await (await get("/events")).text()).not.toContain('href="/people"');
  });
});

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

describe("the ids for the script", () => {
  test("are those of the first page, in its order, for signed-in users only", async () => {
    const inbox = await makeVisitInbox(simulated(80));
    const answer = await inbox.get("/live/sessions?country=US");
    expect([answer.headers.get("cache-control"), answer.headers.get("content-security-policy")]).toEqual([
      "no-store",
      expect.stringContaining("default-src 'none'"),
    ]);
    const { sessions } = (await answer.json()) as { sessions: string[] };
    expect(sessions.map((path) => decodeURIComponent(path.replace("/sessions/", "")))).toEqual(
      idsOf(await page(inbox, "/?country=US")),
    );
    const outside = await inbox.app.request("/live/sessions");
    expect([outside.status, await outside.text()]).toEqual([401, '{"error":"not signed in"}']);
  });
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
