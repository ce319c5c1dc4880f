import { describe, expect, it } from "vitest";
import { adminToken, start, type Visit, visitServer } from "./visit-server.js";

const ada = {
  person: "per_ada",
  personName: "Ada Lovelace",
  personEmail: "ada@example.com",
  company: "com_engines",
  companyName: "Engines",
  companyDomain: "engines.example",
  companyEmployeeCount: 120,
} satisfies Partial<Visit>;
const visits: readonly Visit[] = [
  {
    id: "ses_1",
    ...ada,
    startedAt: start,
    source: "google",
    medium: "cpc",
    campaign: "spring",
    country: "DE",
  },
  { id: "ses_2", startedAt: start + 1000, source: "news & more", visitorId: "v 2", country: "FR" },
  { id: "ses_3", startedAt: start + 2000, bot: true },
  { id: "ses_4", ...ada, startedAt: start + 3000, source: "linkedin.com" },
];
const problem = { status: 400, body: { code: "invalid_query" } };

describe("keys of the maximum length", () => {
  // The longest kind of a key, and a text cut to its limit.
  const [person, company] = ["p", "c"].map((letter) => `linkedin-id:${letter.repeat(512)}`);
  it.each(["sessions", "people", "companies"])("have a nextCursor that /api/%s takes", async (list) => {
    const long = [1, 2].map((n) => ({
      id: `${n}`.repeat(512),
      person: `${person?.slice(0, -1)}${n}`,
      company: `${company?.slice(0, -1)}${n}`,
    }));
    const { json } = await visitServer(long);
    const { body } = await json(`/${list}?limit=1`);
    const next = await json(`/${list}?limit=1&cursor=${encodeURIComponent(body.nextCursor as string)}`);
    expect(next).toMatchObject({ status: 200, body: { nextCursor: null } });
    expect(next.body[list]).toHaveLength(1);
  });
});

describe("/api/sessions", () => {
  it("pages newest first, with nextCursor", async () => {
    const { json } = await visitServer(visits);
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const query: string = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await json(`/sessions?limit=3${query}`);
      expect(Object.keys(body as object)).toEqual(["sessions", "nextCursor", "examinedTo"]);
      seen.push(...body.sessions.map(({ id }: Visit) => id));
      cursor = body.nextCursor as string | null;
    }
    expect(seen).toEqual(["ses_4", "ses_3", "ses_2", "ses_1"]);
  });

  it.each([
    ["q=lovelace", ["ses_4", "ses_1"]],
    ["q=", ["ses_4", "ses_3", "ses_2", "ses_1"]],
    [`from=${start + 1000}&to=${start + 3000}`, ["ses_3", "ses_2"]],
    ["source=google", ["ses_1"]],
    ["source=news%20%26%20more", ["ses_2"]],
    ["medium=cpc&campaign=spring&country=DE", ["ses_1"]],
    ["identified=true", ["ses_4", "ses_1"]],
    ["identified=false", ["ses_3", "ses_2"]],
    ["bots=without", ["ses_4", "ses_2", "ses_1"]],
    ["bots=only", ["ses_3"]],
    ["person=per_ada", ["ses_4", "ses_1"]],
    ["company=com_engines&employeesFrom=100&employeesTo=121", ["ses_4", "ses_1"]],
    ["employeesFrom=0&employeesTo=120", []],
    ["visitorId=v%202", ["ses_2"]],
    ["source=%25&q=", []],
    ["source=", ["ses_3"]],
    ["landingPage=%2F&referrer=", ["ses_4", "ses_3", "ses_2", "ses_1"]],
    ["source=google'%20OR%201=1--", []],
  ])("selects by ?%s", async (query, ids) => {
    const { json } = await visitServer(visits);
    const { status, body } = await json(`/sessions?${query}`);
    expect({ status, ids: body.sessions.map(({ id }: Visit) => id) }).toEqual({ status: 200, ids });
  });

  it.each(["source", "medium", "campaign", "landingPage", "referrer", "country"])(
    "selects by a %s as long as a stored one, and refuses a longer one",
    async (name) => {
      const { json } = await visitServer(visits);
      const most = "x".repeat(256);
      expect(await json(`/sessions?${name}=${most}`)).toMatchObject({ status: 200, body: { sessions: [] } });
      expect(await json(`/sessions?${name}=${most}x`)).toMatchObject(problem);
    },
  );

  it.each([
    "limit=0",
    "limit=501",
    "limit=1e2",
    "limit=99999999999999999999",
    "from=yesterday",
    "from=-1",
    "from=1.5",
    "to=9999999999999999",
    "from=5&to=5",
    "from=6&to=5",
    "identified=yes",
    "bots=all",
    "employeesFrom=-1",
    "employeesFrom=10&employeesTo=10",
    "person=",
    `source=${"x".repeat(2049)}`,
    `q=${"x".repeat(257)}`,
    "cursor=nonsense",
    "cursor=",
    `cursor=${"x".repeat(513)}`,
    "format=xml",
  ])("rejects ?%.40s, and does not repeat the value", async (query) => {
    const { json } = await visitServer(visits);
    const { status, body } = await json(`/sessions?${query}`);
    expect({ status, body }).toMatchObject(problem);
    const [name = "", value = ""] = query.split("&").at(-1)?.split("=") ?? [];
    expect(body.detail).toContain(name.replace("To", ""));
    if (value.length > 4) expect(body.detail).not.toContain(value);
  });

  it.each([
    ["employeesFrom=-1", "employeesFrom must be an integer from 0 to 999999999"],
    ["employeesTo=1000000000", "employeesTo must be an integer from 0 to 999999999"],
    ["limit=501", "limit must be an integer from 1 to 500"],
    ["limit=0", "limit must be an integer from 1 to 500"],
  ])("names the limits for ?%s", async (query, detail) => {
    const { json } = await visitServer(visits);
    expect((await json(`/sessions?${query}`)).body.detail).toBe(detail);
  });

  it("rejects a cursor of another list", async () => {
    const { json } = await visitServer(visits);
    const { nextCursor } = (await json("/sessions?limit=1")).body;
    expect(await json(`/people?cursor=${encodeURIComponent(nextCursor as string)}`)).toMatchObject(problem);
  });

  it("shows one session with its pages and the deliveries of its event", async () => {
    const { json } = await visitServer(visits);
    const { body } = await json("/sessions/ses_1");
    expect(body).toMatchObject({
      id: "ses_1",
      eventId: "evt_ses_1",
      personEmail: "ada@example.com",
      pages: [{ position: 1, path: "/" }],
      deliveries: [],
    });
    for (const id of ["none", "%00", "..%2f..", "x".repeat(3000)])
      expect(await json(`/sessions/${id}`)).toMatchObject({ status: 404, body: { code: "not_found" } });
  });
});

describe("/api/people and /api/companies", () => {
  it("list with first and last touch, and show one", async () => {
    const { json } = await visitServer(visits);
    const { body } = await json("/people?company=com_engines&employeesFrom=100");
    expect(body).toMatchObject({
      people: [
        {
          key: "per_ada",
          sessions: 2,
          first: { source: "google" },
          last: { source: "linkedin.com" },
          companyDomain: "engines.example",
        },
      ],
      nextCursor: null,
    });
    expect((await json("/people/per_ada")).body).toEqual(body.people[0]);
    const companies = (await json("/companies?q=engi")).body;
    expect(companies.companies).toMatchObject([{ key: "com_engines", people: 1, sessions: 2 }]);
    expect((await json("/companies/com_engines")).body).toEqual(companies.companies[0]);
    for (const path of ["/people/none", "/companies/none", "/people/com_engines"])
      expect(await json(path)).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await json("/people?limit=501")).toMatchObject(problem);
  });
});

describe("a key that contains a URL", () => {
  const person = "linkedin:https://www.linkedin.com/in/j%C3%BCrgen";
  const company = "linkedin:https://www.linkedin.com/company/engines";
  it.each([
    ["encoded", encodeURIComponent(person), encodeURIComponent(company)],
    ["decoded", "linkedin:https://www.linkedin.com/in/j%25C3%25BCrgen", company],
    [
      "decoded, its slashes merged",
      "linkedin:https:/www.linkedin.com/in/j%25C3%25BCrgen",
      "linkedin:https:/www.linkedin.com/company/engines",
    ],
  ])("is found %s, as a proxy may pass it on", async (_, personPath, companyPath) => {
    const { json } = await visitServer([{ id: "ses_1", person, company }]);
    expect(await json(`/people/${personPath}`)).toMatchObject({ status: 200, body: { key: person } });
    expect(await json(`/companies/${companyPath}`)).toMatchObject({ status: 200, body: { key: company } });
    for (const path of ["/people/linkedin:https:/www.linkedin.com/in/none", "/people/"])
      expect(await json(path)).toMatchObject({ status: 404 });
  });
});

describe("/api/attribution", () => {
  it("counts by the first touch and by source, unless something else is requested", async () => {
    const { json } = await visitServer(visits);
    const { body } = await json("/attribution");
    expect(Object.keys(body as object).toSorted()).toEqual(["days", "others", "rows", "total"]);
    expect(body).toMatchObject({
      rows: expect.arrayContaining([{ value: "google", sessions: 1, people: 1, companies: 1 }]),
      others: null,
      total: { sessions: 3, people: 1, companies: 1 },
      days: [{ day: Date.UTC(2026, 2, 1), sessions: 3, people: 1 }],
    });
    const last = (await json("/attribution?model=last&by=country&limit=1")).body;
    expect(last.rows).toHaveLength(1);
    expect(last.others).toMatchObject({ values: 2 });
    const range = (await json(`/attribution?from=${start + 1000}&to=${start + 2000}`)).body;
    expect(range.total.sessions).toBe(1);
    for (const query of ["model=any", "by=person", "limit=0", "limit=501", "from=x", "from=2&to=1"])
      expect(await json(`/attribution?${query}`), query).toMatchObject(problem);
  });
});

it("/metrics has the sizes of the derived tables", async () => {
  const { receiver } = await visitServer(visits);
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await receiver.fetch(new Request("http://localhost:8787/metrics", { headers }));
  expect((await answer.text()).match(/^sessionhook_(?:sessions|people|companies) \d+$/gm)).toEqual([
    "sessionhook_sessions 4",
    "sessionhook_people 1",
    "sessionhook_companies 1",
  ]);
});

describe("/api/events", () => {
  const idsOf = async (json: Awaited<ReturnType<typeof visitServer>>["json"], query: string) => {
    const ids: string[] = [];
    for (let cursor = "", end = false; !end;) {
      const { status, body } = await json(`/events?${query}&limit=1${cursor}`);
      expect(status).toBe(200);
      ids.push(...body.events.map(({ id }: Visit) => id));
      cursor = `&cursor=${encodeURIComponent(body.nextCursor as string)}`;
      end = body.nextCursor === null;
    }
    return ids;
  };

  it.each([
    ["person=per_ada", ["evt_ses_4", "evt_ses_1"]],
    ["company=com_engines&status=accepted&type=identity.session.finalized", ["evt_ses_4", "evt_ses_1"]],
    ["person=per_ada&q=evt_ses_4", ["evt_ses_4"]],
    ["person=per_ada&status=quarantined", []],
    ["person=none", []],
    [`person=per_ada&from=${start + 1}`, []],
    [`from=${start}&to=${start + 1}`, ["evt_ses_4", "evt_ses_3", "evt_ses_2", "evt_ses_1"]],
    [`to=${start}`, []],
  ])("selects by ?%s, page by page", async (query, ids) => {
    const { json } = await visitServer(visits);
    expect(await idsOf(json, query)).toEqual(ids);
  });

  it("passes over pages without a match, and gives a cursor where it stops", async () => {
    const many = Array.from({ length: 60 }, (_, i): Visit => ({ id: `ses_${i}` }));
    const { json, store } = await visitServer(many);
    const { body } = await json(`/events?from=${start + 1}&limit=1`);
    expect(body).toMatchObject({ events: [], nextCursor: expect.any(String) });
    expect(await idsOf(json, `from=${start + 1}`)).toEqual([]);
    expect((await store.list({ limit: 500 })).events).toHaveLength(60);
  });

  it("applies the time to the feed, and no person or company", async () => {
    const { json, get } = await visitServer(visits);
    expect((await json(`/events?after=&from=${start + 1}`)).body).toMatchObject({ events: [], end: true });
    expect((await json(`/events?after=&to=${start + 1}`)).body.events).toHaveLength(4);
    for (const query of ["after=&person=per_ada", "after=&company=x", "from=2&to=2", "from=x", "person="])
      expect(await json(`/events?${query}`), query).toMatchObject(problem);
    const csv = await (await get("/events?company=com_engines&format=csv")).text();
    expect(csv.trimEnd().split("\r\n")).toHaveLength(3);
  });
});
