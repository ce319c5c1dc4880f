import type { Paging, RowPage, SessionFilter } from "@sessionhook/core";
import { StoreError } from "@sessionhook/core";
import { allPages } from "@sessionhook/core/export";
import { describe, expect, test } from "vitest";
import { makeInbox } from "./events.js";
import { changed, hostileBody, makeVisitInbox, simulated } from "./visits.js";

const files = ["sessions", "people", "companies"].flatMap((list) => [`/${list}.csv`, `/${list}.ndjson`]);

/** Every row of a list of the store. */
async function everyRow<Row>(
  read: (query: SessionFilter & Paging) => Promise<RowPage<Row>>,
  filter: SessionFilter,
): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of allPages((paging) => read({ ...filter, ...paging }))) rows.push(...page);
  return rows;
}

describe("the files of the lists", async () => {
  const inbox = await makeVisitInbox(simulated(700));
  const { facts } = inbox;
  const rowsOf = {
    sessions: (filter: SessionFilter) => everyRow((query) => facts.sessions(query), filter),
    people: (filter: SessionFilter) => everyRow((query) => facts.people(query), filter),
    companies: (filter: SessionFilter) => everyRow((query) => facts.companies(query), filter),
  };
  const rowsIn = async (path: string) =>
    (await (await inbox.get(path)).text())
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);

  test.each([
    ["sessions", "bots=all", {}],
    ["sessions", "country=US&visitor=identified", { bots: "without", country: "US", identified: true }],
    [
      "sessions",
      "from=2026-02-24&to=2026-02-25",
      { bots: "without", from: Date.UTC(2026, 1, 24), to: Date.UTC(2026, 1, 26) },
    ],
    ["people", "", {}],
    ["people", "from=2026-02-26&source=+", { from: Date.UTC(2026, 1, 26), source: "" }],
    ["companies", "", {}],
    ["companies", "to=2026-02-25&company=x", { to: Date.UTC(2026, 1, 26) }],
  ] as const)("%s?%s: everything that the filter selects, not only a page", async (list, query, filter) => {
    const wanted = await rowsOf[list](filter);
    expect(wanted.length).toBeGreaterThan(list === "companies" ? 2 : 10);
    expect(await rowsIn(`/${list}.ndjson?${query}`)).toEqual(structuredClone(wanted));
    const csv = (await (await inbox.get(`/${list}.csv?${query}&cursor=nonsense`)).text()).trimEnd();
    expect(csv.split("\r\n")).toHaveLength(wanted.length + 1);
    const html = await (await inbox.get(`${list === "sessions" ? "/" : `/${list}`}?${query}`)).text();
    for (const format of ["csv", "ndjson"]) {
      const path = new RegExp(`href="(/${list}\\.${format}[^"]*)"`).exec(html)?.[1]?.replaceAll("&amp;", "&");
      const rows = (await (await inbox.get(path ?? "none")).text()).trimEnd().split("\n");
      expect(rows, path).toHaveLength(wanted.length + (format === "csv" ? 1 : 0));
    }
  });

  test("the links of a later page are those of the first, and one of more than a page of the store", async () => {
    expect((await rowsOf.sessions({})).length).toBeGreaterThan(500);
    const first = await (await inbox.get("/?country=US")).text();
    const next = / rel="next" href="([^"]*)"/.exec(first)?.[1]?.replaceAll("&amp;", "&");
    const html = await (await inbox.get(next ?? "none")).text();
    for (const page of [first, html]) expect(page).toContain('href="/sessions.csv?country=US"');
  });

  test.each(files)("%s is a private attachment, for signed-in users only", async (path) => {
    const answer = await inbox.get(path);
    const [, name, format] = /^\/(\w+)\.(\w+)$/.exec(path) ?? [];
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
      "content-disposition": `attachment; filename="${name}-2026-03-01.${format}"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    await answer.body?.cancel();
    const outside = await inbox.app.request(`${path}?country=US`);
    expect([outside.status, await outside.text()]).toEqual([303, ""]);
    expect(outside.headers.get("location")).toBe(`/login?next=${encodeURIComponent(`${path}?country=US`)}`);
  });

  test("the links are below the base path", async () => {
    const { get } = await makeInbox([], { facts, basePath: "/hooks" });
    for (const path of ["/", "/people", "/companies"])
      expect(await (await get(path)).text()).toMatch(
        /href="\/hooks\/\w+\.csv"(?:.|\n)*href="\/hooks\/\w+\.ndjson"/,
      );
  });

  test("a page of the store is read when the reader is ready for it, and none after it has gone", async () => {
    let reads = 0;
    const counted = changed(facts, {
      sessions: (query) => {
        reads++;
        return facts.sessions({ ...query, limit: 50 });
      },
    });
    const { get } = await makeInbox([], { facts: counted });
    const reader = (await get("/sessions.csv?bots=all")).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(reads).toBeLessThanOrEqual(3);
    await reader?.cancel();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(reads).toBeLessThanOrEqual(3);
  });

  test.each(files)("%s breaks off visibly if the store fails in the middle", async (path) => {
    let reads = 0;
    const failing =
      <Row>(read: (query: SessionFilter & Paging) => Promise<RowPage<Row>>) =>
      (query: SessionFilter & Paging) => {
        if (++reads > 2) throw new StoreError("store_unavailable", "the secret reason");
        return read({ ...query, limit: 10 });
      };
    const broken = changed(facts, {
      sessions: failing((query) => facts.sessions(query)),
      people: failing((query) => facts.people(query)),
      companies: failing((query) => facts.companies(query)),
    });
    const errors: unknown[] = [];
    const { get, app, cookie } = await makeInbox([], {
      facts: broken,
      onError: (error) => errors.push(error),
    });
    const answer = await get(path);
    let text = "";
    const read = async () => {
      for await (const chunk of answer.body ?? []) text += new TextDecoder().decode(chunk as Uint8Array);
    };
    await expect(read()).rejects.toThrow("broke off");
    expect(text.split("\n").at(-1)).toContain("not complete");
    expect(text).not.toContain("secret reason");
    expect(errors).toEqual([expect.objectContaining({ code: "store_unavailable" })]);

    reads = 0;
    let closed = 0;
    const server = { breakOff: () => closed++ };
    const reader = (await app.request(path, { headers: { cookie } }, server)).body?.getReader();
    for (let i = 0; i < 3; i++) await reader?.read();
    const pending = reader?.read();
    await expect.poll(() => closed).toBe(1);
    await reader?.cancel();
    await pending;
  });

  test.each(files)("%s is a 503 page if the store fails at once", async (path) => {
    const fail = () => Promise.reject(new StoreError("store_unavailable", "the secret reason"));
    const { get } = await makeInbox([], {
      facts: changed(facts, { sessions: fail, people: fail, companies: fail }),
    });
    const answer = await get(path);
    expect([answer.status, answer.headers.get("content-disposition")]).toEqual([503, null]);
  });
});

test("formulas are neutralised in CSV", async () => {
  const body = hostileBody(0) as { data: { session: { utm: { source: string } } } };
  body.data.session.utm.source = '=HYPERLINK("x")';
  const inbox = await makeVisitInbox([body]);
  for (const list of ["sessions", "people", "companies"])
    expect(await (await inbox.get(`/${list}.csv?bots=all`)).text()).toContain(`"'=HYPERLINK(""x"")"`);
});

test("an empty list offers no file, and a store without the tables has none", async () => {
  const inbox = await makeVisitInbox();
  for (const path of ["/", "/people", "/companies", "/?q=x", "/people?q=x", "/companies?q=x"])
    expect(await (await inbox.get(path)).text()).not.toMatch(/\.csv|\.ndjson/);
  const { get } = await makeInbox();
  for (const path of files) expect((await get(path)).status).toBe(404);
});
