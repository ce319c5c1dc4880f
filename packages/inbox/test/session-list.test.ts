import { type SessionRow } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { sessionPath } from "../src/paths.js";
import { makeEvent, makeInbox, start } from "./events.js";
import { text, idsOf, older, page, query, allIds } from "./read-pages.js";
import { changed, makeVisitInbox, simulated } from "./visits.js";

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
    const inAll = `${sessions} sessions in all, bots included`;
    const head = async (path: string) => headOf(await page(inbox, path));
    expect(await head("/")).toContain(`${inAll} · ${people} people · ${companies} companies`);
    expect(await head("/?q=zzzz")).toContain(`0 sessions match · ${inAll}`);
    const all = await page(inbox, "/?bots=all");
    expect(headOf(all)).toContain(`${inAll} · ${people} people`);
    expect(headOf(all)).not.toMatch(/Filtered|match/);
    expect(await head("/?country=US&bots=all")).toContain(`More than 50 sessions match · ${inAll}`);
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
    // A search that stopped at a limit has found nothing yet.
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
