import { describe, expect, test } from "vitest";
import { registeredPages } from "../src/page-registry.js";
import { companyPath, eventPath, personPath, sessionPath } from "../src/paths.js";
import { makeOperatedInbox, quarantinedEvents, simulatedDays } from "./operations.js";
import { failure } from "./deliveries.js";

const { get, post, facts, deliveries } = await makeOperatedInbox([
  ...simulatedDays(2, 20),
  ...quarantinedEvents(3, 3),
]);

/** Returns what the navigation marks as the page that is shown. */
async function marked(answer: Response): Promise<string[]> {
  const html = await answer.text();
  const [, navigation = ""] = /<nav class="site-nav"[^>]*>(.*?)<\/nav>/s.exec(html) ?? [];
  return [...navigation.matchAll(/<a[^>]* aria-current="page" href="([^"]*)"/g)].map(([, href = ""]) => href);
}

async function pagesOfScene(): Promise<Readonly<Record<string, readonly [path: string, belongsTo: string]>>> {
  await deliveries.attempt("crm", { outcome: failure("timeout"), next: { state: "dead" } }, 2);
  const [[session], [person], [company], [delivery]] = await Promise.all([
    facts.sessions({ limit: 1 }).then(({ rows }) => rows),
    facts.people({ limit: 1 }).then(({ rows }) => rows),
    facts.companies({ limit: 1 }).then(({ rows }) => rows),
    deliveries.store.list({ limit: 1 }).then((found) => found.deliveries),
  ]);
  const id = session?.eventId ?? "";
  const replay = await post(`/events/${id}/replay`, { "to:crm": "1" });
  await deliveries.store.register(["old-crm"], 0);
  return {
    "/sessions/:id": [sessionPath(session?.id ?? ""), "/"],
    "/people/:key{.+}": [personPath(person?.key ?? ""), "/people"],
    "/companies/:key{.+}": [companyPath(company?.key ?? ""), "/companies"],
    "/events/:id": [eventPath({ id, version: 1 }), "/events"],
    "/deliveries/:id": [`/deliveries/${delivery?.id ?? ""}`, "/deliveries"],
    "/destinations/:name/replay": ["/destinations/crm/replay?kind=failed", "/destinations"],
    "/destinations/:name/discard": ["/destinations/old-crm/discard", "/destinations"],
    "/replays/:id": [replay.headers.get("location") ?? "", "/destinations"],
    "/quarantine/recheck": ["/quarantine/recheck", "/quarantine"],
  };
}

describe("the navigation marks one page, which the page belongs to", async () => {
  const details = await pagesOfScene();
  const elsewhere = /\.(?:csv|ndjson)$|\/(?:raw|headers)$|^\/privacy$|^\/help$/;

  test.each(registeredPages.filter(({ path }) => !elsewhere.test(path)))("$path", async (page) => {
    const [path, belongsTo] = page.inNavigation ? [page.path, page.path] : (details[page.path] ?? ["", ""]);
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(await marked(answer)).toEqual([belongsTo]);
  });

  test.each([
    ["/destinations/crm/test", "/destinations"],
    ["/quarantine/recheck", "/quarantine"],
  ])("the answer of %s", async (path, belongsTo) => {
    const answer = await post(path, { status: "quarantined" });
    expect(answer.status).toBe(200);
    expect(await marked(answer)).toEqual([belongsTo]);
  });
});
