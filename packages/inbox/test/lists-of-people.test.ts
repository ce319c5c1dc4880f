import { describe, expect, test } from "vitest";
import { companyPath, personPath } from "../src/paths.js";
import { changed, makeVisitInbox, simulated } from "./visits.js";
import { makeInbox } from "./events.js";

const inbox = await makeVisitInbox(simulated(120));
const html = async (path: string) => (await inbox.get(path)).text();
const plain = (page: string) => page.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

describe.each(["/people", "/companies"] as const)("the list %s", (path) => {
  test("shows the first touch, and the last touch where a filter selects by it", async () => {
    const { rows } = await inbox.facts[path === "/people" ? "people" : "companies"]({ limit: 500 });
    const moved = rows.find(({ first, last }) => last.source !== null && first.source !== last.source);
    const source = moved?.last.source ?? "none";
    const touches = (page: string) =>
      [...page.matchAll(/<th[^>]*>(First|Last) touch<\/th>/g)].map(([, touch]) => touch);
    const note = "The filter selects by the last touch";
    const [all, filtered] = await Promise.all([html(path), html(`${path}?source=${source}`)]);
    expect([touches(all), all.includes(note)]).toEqual([["First"], false]);
    expect([touches(filtered), filtered.includes(note)]).toEqual([["Last"], true]);
    const cells = [...filtered.matchAll(/<tr role="row">.*?<\/tr>/gs)].slice(1).map(([row]) => {
      const [, , , touch = ""] = [...row.matchAll(/<td.*?<\/td>/gs)].map(([cell]) => plain(cell).trim());
      return touch.startsWith(source);
    });
    expect(cells.length).toBeGreaterThan(0);
    expect(cells).not.toContain(false);
    expect(all).toContain('aria-label="Source of the last touch"');
    expect(plain(all)).toContain("Sessions of bots are counted.");
  });
});

test("an address with empty fields of the form leads to the one without them", async () => {
  for (const [given, clean] of [
    ["/?q=&time=", "/"],
    ["/?q=halden+x&time=&from=&source=+", "/?q=halden+x&source=+"],
    ["/people?q=&size=1-10", "/people?size=1-10"],
    ["/companies?q=", "/companies"],
    ["/events?status=accepted&q=", "/events?status=accepted"],
    ["/deliveries?destination=", "/deliveries"],
  ] as const) {
    const answer = await inbox.get(given, { "x-forwarded-prefix": "/hooks" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/hooks${clean}`]);
    expect((await inbox.get(clean)).status).toBe(200);
  }
});

test("a person and a company without sessions show that none is known, and no touch", async () => {
  const { facts, store } = inbox;
  const [[person], [company]] = await Promise.all([
    facts.people({ limit: 1 }).then(({ rows }) => rows),
    facts.companies({ limit: 1 }).then(({ rows }) => rows),
  ]);
  if (person === undefined || company === undefined) throw new Error("no rows");
  const none = { sessions: 0, pages: 0 };
  const own = await makeInbox([], {
    store,
    facts: changed(facts, {
      person: async () => ({ ...person, ...none }),
      company: async () => ({ ...company, ...none, people: 1 }),
      people: async () => ({ rows: [], nextCursor: null, examinedTo: null }),
      sessions: async () => ({ rows: [], nextCursor: null, examinedTo: null }),
    }),
  });
  for (const path of [personPath(person.key), companyPath(company.key)]) {
    const page = await (await own.get(path)).text();
    expect(page).toContain("No session is known.");
    for (const absent of ["First touch", "Last touch", "Show in the list of sessions"])
      expect(page).not.toContain(absent);
  }
  // A company whose only known person works elsewhere now.
  const page = plain(await (await own.get(companyPath(company.key))).text());
  expect(page).toContain("1 person whose newest session names another company.");
  expect(page).not.toContain("And 1 person");
});

test("the visitors of a company have the number of their sessions over all companies", async () => {
  const { rows } = await inbox.facts.companies({ limit: 500 });
  const key = rows.find(({ people }) => people > 0)?.key ?? "none";
  expect(plain(await html(companyPath(key)))).toContain("counted over all companies");
});
