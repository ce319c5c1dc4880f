import { expect, test } from "vitest";
import { companyPath, deliveryPath, eventPath, personPath, sessionPath } from "../src/paths.js";
import { makeVisitInbox, simulated } from "./visits.js";

const origin = "http://localhost";

async function setUp() {
  const inbox = await makeVisitInbox(simulated(30));
  const [[session], [person], [company], [delivery]] = await Promise.all([
    inbox.facts.sessions({ limit: 1 }).then(({ rows }) => rows),
    inbox.facts.people({ limit: 1 }).then(({ rows }) => rows),
    inbox.facts.companies({ limit: 1 }).then(({ rows }) => rows),
    inbox.deliveries.store.list({ limit: 1 }).then((found) => found.deliveries),
  ]);
  const paths = {
    "/": sessionPath(session?.id ?? ""),
    "/people": personPath(person?.key ?? ""),
    "/companies": companyPath(company?.key ?? ""),
    "/events": eventPath({ id: session?.eventId ?? "", version: 1 }),
    "/deliveries": deliveryPath(delivery?.id ?? ""),
  };
  /** Opens the page of one from the page with this address, and returns its first link back. */
  const back = async (list: keyof typeof paths, referer: string, headers: Record<string, string> = {}) => {
    const answer = await inbox.get(paths[list], { referer, ...headers });
    expect(answer.headers.get("referrer-policy")).toBe("same-origin");
    const html = await answer.text();
    const [, href = "", label = ""] =
      /<nav class="back"[^>]*><a href="([^"]*)">← ([^<]*)<\/a>/.exec(html) ?? [];
    return [href.replaceAll("&amp;", "&"), label];
  };
  return { inbox, back };
}

const { inbox, back } = await setUp();

test.each([
  ["/", "sessions"],
  ["/people", "people"],
  ["/companies", "companies"],
  ["/events", "events"],
  ["/deliveries", "deliveries"],
] as const)("a page that was opened from %s leads back to its filters and its place", async (list, name) => {
  const all = [list, `All ${name}`];
  expect(await back(list, `${origin}${list}?q=a%22b&cursor=c`)).toEqual([
    `${list}?q=a%22b&cursor=c`,
    `Back to ${name}`,
  ]);
  expect(await back(list, `${origin}/hooks${list}?q=a`, { "x-forwarded-prefix": "/hooks" })).toEqual([
    `/hooks${list}?q=a`,
    `Back to ${name}`,
  ]);
  for (const other of [
    "",
    "no address",
    `${origin}${list}`,
    `https://other.example${list}?q=a`,
    `${origin}/status?q=a`,
    `${origin}/hooks${list}?q=a`,
  ])
    expect(await back(list, other)).toEqual(all);
});

test("a page that was opened from the page of a person or a company leads to its list", async () => {
  for (const [list, name] of [
    ["/people", "people"],
    ["/companies", "companies"],
  ] as const)
    expect(await back(list, `${origin}${list}?key=a&cursor=b`)).toEqual([list, `All ${name}`]);
});

test("a form whose session has ended leads back to its page after signing in", async () => {
  const send = async (referer: string) => {
    const answer = await inbox.app.request("/destinations/crm/pause", {
      method: "POST",
      headers: { referer },
    });
    return [answer.status, answer.headers.get("location")];
  };
  expect(await send(`${origin}/destinations`)).toEqual([303, "/login?next=%2Fdestinations"]);
  for (const other of ["", `${origin}/elsewhere`, "https://other.example/destinations"])
    expect(await send(other)).toEqual([303, "/login"]);
});
