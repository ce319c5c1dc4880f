import { issueList, StoreError } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, test } from "vitest";
import type { SystemInfo } from "../src/index.js";
import { makeEvent, makeInbox, start } from "./events.js";
import { hostileEvents, makeOperatedInbox, quarantinedEvents, simulatedDays, system } from "./operations.js";
import { hostileTexts } from "./sample-events.js";
import { changed, makeVisitInbox, simulated } from "./visits.js";
import { words } from "./read-pages.js";

const main = (html: string) => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? "";

describe("attribution", () => {
  test("shows what the store counts, and each value leads to as many sessions", async () => {
    const { get, facts } = await makeOperatedInbox(simulatedDays(20, 12));
    for (const by of ["source", "medium", "campaign", "landingPage", "referrer", "country"] as const) {
      const html = await (await get(`/attribution?by=${by}&model=first&days=90`)).text();
      const { rows, total } = await facts.attribution({ model: "first", by, limit: 50 });
      expect(words(main(html))).toContain(
        `Sessions ${total.sessions} Identified people ${total.people} Companies ${total.companies} `,
      );
      const links = [...main(html).matchAll(/<th role="rowheader"[^>]*><a href="([^"]*)"/g)].map(
        ([, link = ""]) => link.replaceAll("&amp;", "&"),
      );
      expect(links).toHaveLength(rows.length);
      for (const [i, { sessions }] of rows.slice(0, 4).entries()) {
        const list = await (await get(links[i] ?? "")).text();
        expect(list.split('<tr role="row"').length - 2, `${by}: ${links[i]}`).toBe(Math.min(50, sessions));
      }
    }
  });

  test("reads range, model and property from the address, and survives nonsense", async () => {
    const { get } = await makeOperatedInbox(simulatedDays(3, 5));
    const page = async (query: string) => main(await (await get(`/attribution?${query}`)).text());
    const standard = await page("");
    expect(standard).toContain('name="from" value="2026-01-31"');
    expect(standard).toContain('name="to" value="2026-03-01"');
    expect(await page("by=toString&model=__proto__&days=31")).toBe(standard);
    expect(await page("from=&to=")).toBe(standard);
    const own = await page("from=2026-02-20&to=2026-02-28&by=country");
    expect(own).toContain('name="from" value="2026-02-20"');
    expect(own).toContain('name="to" value="2026-02-28"');
    expect(own).toMatch(/<a aria-current="page" href="[^"]*by=country[^"]*">Country/);
    expect(await page("from=1970-01-01&to=2999-12-31")).toContain("Numbers by day");
  });

  test("reads days as the lists do: reports what is no day, and reads an absent first day as everything", async () => {
    const { get, facts } = await makeOperatedInbox(simulatedDays(20, 5));
    const page = async (query: string) => main(await (await get(`/attribution?${query}`)).text());
    const { total, days } = await facts.attribution({ model: "first", by: "source", limit: 50 });
    for (const query of ["from=2026-02-30&to=2026-03-01", "from=2026-02-01&to=x"]) {
      const html = await page(`${query}&by=country`);
      expect(words(html)).toContain("Not a day");
      expect(words(html)).toContain("Show 30 days");
      expect(html).not.toContain('class="totals"');
      expect(html).not.toContain("/attribution.csv");
    }
    const swapped = await page("from=2026-02-28&to=2026-02-20&by=country");
    expect(words(swapped)).toContain("Days in the wrong order");
    const link = /href="([^"]*)">Swap them/.exec(swapped)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect(link).toBe("/attribution?by=country&model=first&from=2026-02-20&to=2026-02-28");
    const csv = await (await get("/attribution.csv?from=2026-02-30&to=2026-03-01")).text();
    expect(csv.trim().split("\r\n")).toHaveLength(1);

    const all = await page("to=2026-03-01");
    expect(words(all)).toContain(`Sessions ${total.sessions} Identified people ${total.people} `);
    expect(all).toContain('name="from" value=""');
    expect(all).toMatch(/href="\/\?[^"]*to=2026-03-01"/);
    expect(all).not.toMatch(/href="\/\?[^"]*from=/);
    const first = (Date.UTC(2026, 2, 1) - (days[0]?.day ?? 0)) / 86_400_000;
    expect([...all.matchAll(/<th scope="row">2026-/g)]).toHaveLength(first + 1);
    expect(all).toContain('href="/attribution?by=medium&amp;model=first&amp;to=2026-03-01"');
    expect(words(await page("from=2026-02-28"))).toContain("Identified people");
    expect(words(await page("to=2020-01-01"))).toContain("Until 2020-01-01 there was no session");
  });

  test("notes that the chart ends before a long range does", async () => {
    const { get } = await makeOperatedInbox(simulatedDays(3, 5));
    const note = "The chart shows the last 400 days of the range.";
    const page = async (query: string) => words(main(await (await get(`/attribution?${query}`)).text()));
    expect(await page("from=2025-01-25&to=2026-03-01")).toContain(note);
    expect(await page("from=2025-01-26&to=2026-03-01")).not.toContain(note);
    expect(await page("to=2026-03-01")).not.toContain(note);
    expect(await page("from=&to=2028-03-01")).not.toContain("The chart shows");
    expect(await page("from=1970-01-01&to=2100-01-01")).toContain(
      "The chart shows the last 400 days of the range until today.",
    );
  });

  test("the chart of a range that ends in the future shows the sessions until today", async () => {
    const { get } = await makeOperatedInbox(simulatedDays(10, 6));
    const page = async (query: string) => main(await (await get(`/attribution?${query}`)).text());
    const most = (html: string) => /Sessions, at most (\d+) a day/.exec(words(html))?.[1];
    const [past, future] = [await page("to=2026-03-01"), await page("to=2100-01-01")];
    expect(Number(most(past))).toBeGreaterThan(1);
    expect(most(future)).toBe(most(past));
    expect(most(await page("from=1970-01-01&to=2100-01-01"))).toBe(most(past));
    const lines = (html: string) => html.match(/<path[^>]*>/g);
    expect(lines(future)).toEqual(lines(past));
  });

  test("the chart does not show a session where its days have none", async () => {
    const { facts } = await makeOperatedInbox(simulatedDays(3, 5));
    const { get } = await makeInbox([], {
      facts: changed(facts, {
        attribution: async (query) => ({ ...(await facts.attribution(query)), days: [] }),
      }),
    });
    expect(words(await (await get("/attribution")).text())).toContain("Sessions, at most 0 a day");
  });

  test("the chart has its numbers as text: a summary and a table of every day", async () => {
    const { get } = await makeOperatedInbox(simulatedDays(10, 6));
    const html = await (await get("/attribution?days=7")).text();
    expect(html).toMatch(/<svg[^>]*role="img" aria-label="Sessions by day: \d+ in 7 days, most on 2026-/);
    expect([...html.matchAll(/<th scope="row">2026-/g)]).toHaveLength(7);
  });

  test("offers the whole table as CSV, without formulas", async () => {
    const { body } = simulatedDays(1, 4)
      .map(({ raw }) => ({ body: JSON.parse(new TextDecoder().decode(raw)) as never }))
      .at(0) ?? { body: {} };
    const event = structuredClone(body) as { data: { session: { utm: unknown } } };
    event.data.session.utm = {
      source: '=HYPERLINK("x")',
      medium: "a,b",
      campaign: null,
      term: null,
      content: null,
    };
    const { get } = await makeOperatedInbox([makeEvent({ id: "evt_1", body: event })]);
    const answer = await get("/attribution.csv?days=90");
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="attribution-/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await answer.text()).toMatch(
      /^value,values,sessions,people,companies\r\n"'=HYPERLINK\(""x""\)",1,1,\d,\d\r\n$/,
    );
    expect(main(await (await get("/attribution?days=90")).text())).toContain("=HYPERLINK(&quot;x&quot;)");
  });

  test("shows what to do for an empty store, an empty range and a store without sessions", async () => {
    const empty = await makeOperatedInbox();
    expect(words(await (await empty.get("/attribution")).text())).toContain("No sessions yet");
    const { get } = await makeOperatedInbox(simulatedDays(1, 8));
    const none = words(await (await get("/attribution?from=2001-01-01&to=2001-01-02")).text());
    expect(none).toContain("No sessions in this range");
    const without = await makeInbox();
    expect((await without.get("/attribution")).status).toBe(404);
    expect((await without.get("/attribution.csv")).status).toBe(404);
  });
});

describe("quarantine", () => {
  test("groups events by the path of their issues, with examples", async () => {
    const { get } = await makeOperatedInbox(quarantinedEvents(8, 3));
    const page = words(main(await (await get("/quarantine")).text()));
    expect(page).toContain("11 events with issues at 3 paths .");
    expect(page).toMatch(/data\.enrichment\.companies\[\]\.employeeCount 8 events/);
    expect(page).toMatch(/data\.session\.utm\.term 2 events expected string, it is missing/);
    expect(page).toMatch(/data\.session\.createdAt 3 events expected number, found string/);
    expect(page).not.toContain("at least");
  });

  test("counts at least so many where issues are not listed or events not read", async () => {
    const partly = makeEvent({
      id: "evt_many",
      status: "quarantined",
      issues: [{ path: "a", message: "odd" }],
      total: 10_000,
      exact: false,
    });
    const one = await makeOperatedInbox([partly]);
    expect(words(main(await (await one.get("/quarantine")).text()))).toMatch(
      /at least 1 path .*at least 1 event/,
    );
    const many = Array.from({ length: 1010 }, (_, i) =>
      makeEvent({ id: `evt_${i}`, status: "quarantined", issues: [{ path: "a", message: "odd" }], total: 1 }),
    );
    const { get } = await makeOperatedInbox(many);
    const page = words(main(await (await get("/quarantine")).text()));
    expect(page).toContain(
      "1,010 events with issues at at least 1 path . The numbers below are of the newest 1,000",
    );
    expect(page).toContain("at least 1,000 events");
  });

  test("a recheck shows its effect first, runs only from its own page, and shows its result", async () => {
    const { get, post, store, deliveries } = await makeOperatedInbox(quarantinedEvents(6, 4));
    const path = "data.enrichment.companies[].employeeCount";
    const preview = await (await get(`/quarantine/recheck?path=${encodeURIComponent(path)}`)).text();
    expect(words(preview)).toContain("6 events would be accepted");
    expect(preview).toContain(`<input type="hidden" name="path" value="${path}"/>`);
    expect(await store.stats()).toMatchObject({ accepted: 0, quarantined: 10 });

    const fields = { status: "quarantined", path };
    const foreign = await post("/quarantine/recheck", fields, { "sec-fetch-site": "cross-site" });
    expect(foreign.status).toBe(403);
    expect((await post("/quarantine/recheck", {})).status).toBe(303);
    expect((await post("/quarantine/recheck", { ...fields, path: "x".repeat(20_000) })).status).toBe(303);
    expect(await store.stats()).toMatchObject({ accepted: 0, quarantined: 10 });

    const result = words(await (await post("/quarantine/recheck", fields)).text());
    expect(result).toContain("6 events accepted");
    expect(await store.stats()).toMatchObject({ accepted: 6, quarantined: 4 });
    expect(deliveries.woken).toBeGreaterThan(0);
    const rest = words(await (await get("/quarantine/recheck")).text());
    expect(rest).toContain("Nothing would change");
    expect(rest).not.toContain("Recheck 4 events");
  });

  test("a recheck of more events than one request examines reaches all of them, part by part", async () => {
    const [[body] = []] = [quarantinedEvents(1, 0)];
    const issue = (path: string) => issueList([{ path, message: "expected number, found string" }]);
    const wrong = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, i) =>
        makeEvent({ id: `${prefix}_${i}`, status: "quarantined", ...issue("data.b") }),
      );
    const fixed = Array.from({ length: 40 }, (_, i) =>
      makeEvent({ id: `fixed_${i}`, body: body?.raw, status: "quarantined", ...issue("data.a") }),
    );
    const { get, post, store } = await makeOperatedInbox();
    await store.append([...wrong("old", 5001), ...fixed, ...wrong("new", 1001)]);
    const first = await (await get("/quarantine/recheck")).text();
    expect(words(first)).toContain("No event would change so far");
    expect(words(first)).not.toMatch(/Nothing would change|is left/);
    const [, next = ""] = /href="([^"]*)"[^>]*>\s*Examine newer events/.exec(first) ?? [];
    const second = await (await get(next.replaceAll("&amp;", "&"))).text();
    expect(words(second)).toContain("40 events would be accepted");
    const [, after = ""] = /name="after" value="([^"]*)"/.exec(second) ?? [];
    const result = words(await (await post("/quarantine/recheck", { status: "quarantined", after })).text());
    expect(result).toContain("40 events accepted");
    expect(result).not.toContain("Recheck again");
    expect(await store.stats()).toMatchObject({ accepted: 40, quarantined: 6002 });
    const none = words(await (await get("/quarantine/recheck?path=data.a")).text());
    expect(none).toContain("No event of this selection is left");
  });

  test("a recheck of one path finds its events behind any number of others, and refuses a wrong position", async () => {
    const [[body] = []] = [quarantinedEvents(1, 0)];
    const { get, store } = await makeOperatedInbox();
    const one = { status: "quarantined", ...issueList([{ path: "data.a", message: "odd" }]) } as const;
    const others = Array.from({ length: 1500 }, (_, i) =>
      makeEvent({ ...one, id: `evt_${i}`, ...issueList([{ path: "data.b", message: "odd" }]) }),
    );
    await store.append([makeEvent({ ...one, id: "evt_old", body: body?.raw }), ...others]);
    expect(words(await (await get("/quarantine")).text())).toContain("a recheck examines the older ones too");
    const page = words(await (await get("/quarantine/recheck?path=data.a")).text());
    expect(page).toContain("1 event would be accepted");
    const wrong = await get("/quarantine/recheck?path=data.a&after=nonsense");
    expect([wrong.status, wrong.headers.get("location")]).toEqual([303, "/quarantine/recheck?path=data.a"]);
  });

  test("unrecognized events can be rechecked too", async () => {
    const [known] = simulatedDays(1, 4);
    const { get, post, store } = await makeOperatedInbox([
      makeEvent({ id: "evt_old", body: new Uint8Array(known?.raw ?? []), status: "unrecognized" }),
      makeEvent({ id: "evt_new", body: { type: "identity.later" }, status: "unrecognized" }),
    ]);
    expect(words(await (await get("/quarantine")).text())).toContain("2 unrecognized events");
    expect(words(await (await get("/quarantine/recheck?status=unrecognized")).text())).toContain(
      "1 event would be accepted",
    );
    await post("/quarantine/recheck", { status: "unrecognized" });
    expect(await store.stats()).toMatchObject({ accepted: 1, unrecognized: 1 });
  });
});

describe("status", () => {
  test("shows that all is well, with version, settings and numbers", async () => {
    const { get } = await makeOperatedInbox(simulatedDays(2, 6));
    const page = words(main(await (await get("/status")).text()));
    for (const part of ["All is well", "Version 1.4.0", "Size 1.8 GB", "SESSIONHOOK_SECRETS 2 secrets"])
      expect(page).toContain(part);
    expect(page).toMatch(/Last backup 2026-03-01 00:00:00 UTC 12 h ago/);
  });

  test("distinguishes no backup from an unknown one", async () => {
    const unreadable = new Error("no permission");
    const errors: unknown[] = [];
    const shown = async (lastBackupAt: SystemInfo["lastBackupAt"]) => {
      const { get } = await makeInbox([], {
        system: { ...system, lastBackupAt },
        onError: (error) => errors.push(error),
      });
      return words(main(await (await get("/status")).text()));
    };
    expect(await shown(async () => null)).toContain(
      "Last backup none is recorded; npm run sessionhook -- backup <file> makes one",
    );
    expect(await shown(undefined)).toMatch(/Last backup not recorded here(?!;)/);
    expect(errors).toEqual([]);
    expect(await shown(() => Promise.reject(unreadable))).toContain("Last backup not recorded here");
    expect(errors).toEqual([unreadable]);
  });

  test("names what needs attention first", async () => {
    const { get, deliveries } = await makeOperatedInbox([...simulatedDays(1, 4), ...quarantinedEvents(2, 0)]);
    await deliveries.setState("sales", {
      status: "blocked",
      since: start - 60_000,
      reason: { code: "http_401" },
    });
    const page = words(main(await (await get("/status")).text()));
    expect(page).toMatch(/^ ?Status 2 things need attention .*Of 3 destinations: 1 blocked\./);
    expect(page).toContain("2 events did not fit the schema, and are not delivered. Quarantine");
  });

  test("shows when the tables of sessions are behind, as the lists do", async () => {
    const { facts } = await makeVisitInbox(simulated(3));
    const shown = async (lag: number, waitedMs = 0) => {
      const lagSince = lag === 0 ? null : Date.now() - waitedMs;
      const status = async () => ({ ...(await facts.status()), lag, lagSince });
      const { get } = await makeInbox([], { system, facts: changed(facts, { status }), now: Date.now });
      return [
        words(main(await (await get("/status")).text())),
        words(main(await (await get("/people")).text())),
      ];
    };
    const behind = "This list is behind: ";
    for (const [lag, waitedMs, state, isBehind] of [
      [1200, 0, "Sessions 1,200 events are not in the tables yet", true],
      [1, 90_000, "Sessions 1 event is not in the tables yet", true],
      [3, 100, "Sessions 3 sessions in the tables, and 3 events about to be added.", false],
      [0, 0, "Sessions 3 sessions in tables that are up to date.", false],
    ] as const) {
      const [page, list] = await shown(lag, waitedMs);
      expect(page).toContain(state);
      expect(list?.includes(behind)).toBe(isBehind);
    }
  });

  test("counts one of each without a plural", async () => {
    const { get, deliveries } = await makeOperatedInbox([...simulatedDays(1, 1), ...quarantinedEvents(1, 0)]);
    await deliveries.route();
    const dead = {
      outcome: { outcome: "rejected", reason: { code: "http_400" } },
      next: { state: "dead" },
    } as const;
    await deliveries.attempt("sales", dead, 1);
    const page = words(main(await (await get("/status")).text()));
    expect(page).toContain("1 delivery will not be retried by itself.");
    expect(page).toContain("1 event did not fit the schema, and is not delivered.");
  });

  test("is shown while parts of the system fail, and reports them", async () => {
    const gone = new StoreError("store_unavailable", "the disk is gone");
    const errors: unknown[] = [];
    const store = new Proxy(createMemoryStore(), {
      get: (target, name) => {
        if (["stats", "list", "checkWritable"].includes(String(name))) return () => Promise.reject(gone);
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const { get } = await makeInbox([], { store, system, onError: (error) => errors.push(error) });
    const answer = await get("/status");
    const page = words(main(await answer.text()));
    expect(answer.status).toBe(200);
    expect(page).toContain("Something is failing Failing: Receiving The store does not accept writes.");
    expect(page).not.toContain("the disk is gone");
    expect(errors).toEqual([gone, gone, gone]);
  });

  test("counts the newest events, and never more than there are", async () => {
    const statusAfter = async (count: number, ms: number) => {
      const events = Array.from({ length: count }, (_, i) =>
        makeEvent({ id: `evt_${i}`, receivedAt: start - (count - i) * ms }),
      );
      const { get } = await makeOperatedInbox(events);
      return words(main(await (await get("/status")).text()));
    };
    const burst = await statusAfter(523, 134);
    expect(burst).toMatch(/Last hour 500\+ Last 24 hours 500\+ Accepted 523 /);
    expect(burst).toContain("Rate 500 events in the last 1 min 7 s");
    const quiet = await statusAfter(12, 1000);
    expect(quiet).toMatch(/Last hour 12 Last 24 hours 12 /);
    expect(quiet).not.toContain("Rate");
    const steady = await statusAfter(600, 10_000);
    expect(steady).toMatch(/Last hour 359 Last 24 hours 500\+ /);
    expect(steady).toContain("Rate 500 events in the last 1 h 23 min");
  });
});

describe("an event", () => {
  test("is sent to the chosen destinations again", async () => {
    const { get, post, deliveries } = await makeOperatedInbox(simulatedDays(1, 4));
    const id = (await deliveries.store.list({ limit: 1 })).deliveries[0]?.eventId ?? "";
    const html = await (await get(`/events/${id}`)).text();
    expect([...html.matchAll(/<input type="checkbox" name="to:[^"]*" value="1" checked/g)]).toHaveLength(3);
    const answer = await post(`/events/${id}/replay`, { "to:crm": "1", "to:nowhere": "1" });
    expect(answer.status).toBe(303);
    const replay = await deliveries.store.replay(answer.headers.get("location")?.split("/").at(-1) ?? "");
    expect(replay?.spec).toMatchObject({ destinations: ["crm"], kind: "all", events: [id] });
    const page = words(main(await (await get(answer.headers.get("location") ?? "")).text()));
    expect(page).toContain(`Selection 1 event Event ${id} Rate`);
    expect(page).not.toContain("All events");
    expect((await post(`/events/${id}/replay`)).status).toBe(400);
    expect((await post("/events/evt_none/replay", { "to:crm": "1" })).status).toBe(404);
    const foreign = await post(`/events/${id}/replay`, { "to:crm": "1" }, { "sec-fetch-site": "cross-site" });
    expect(foreign.status).toBe(403);
    expect((await deliveries.store.replays({ limit: 9 })).replays).toHaveLength(1);
  });

  test("offers a recheck exactly where it changes something", async () => {
    const [good, bad] = [quarantinedEvents(1, 0)[0], quarantinedEvents(0, 1)[0]];
    if (good === undefined || bad === undefined) throw new Error("no events");
    const { get, post, store } = await makeOperatedInbox([good, { ...bad, id: "evt_bad" }]);
    expect(words(await (await get(`/events/${good.id}`)).text())).toContain(
      "This version accepts the event.",
    );
    expect(await (await get("/events/evt_bad")).text()).not.toContain("recheck-notice");
    expect((await post(`/events/${good.id}/recheck`)).headers.get("location")).toBe(`/events/${good.id}`);
    expect((await store.get(good.id))?.status).toBe("accepted");
    expect((await post("/events/evt_none/recheck")).status).toBe(404);
  });
});

test("hostile texts are shown as text on every page, and stay small", async () => {
  const { get, post } = await makeOperatedInbox(hostileEvents(), {
    system: { ...system, settings: [{ name: hostileTexts[1] ?? "", value: hostileTexts[0] ?? "" }] },
  });
  const paths = [
    "/quarantine",
    `/quarantine/recheck?path=${encodeURIComponent(`data.${hostileTexts[3]}[]`)}`,
    `/quarantine/recheck?path=${encodeURIComponent('"><script>window.hacked = 1</script>')}`,
    "/status",
    `/attribution?by=${encodeURIComponent(hostileTexts[0] ?? "")}&from=${encodeURIComponent(hostileTexts[3] ?? "")}`,
    "/help",
  ];
  const pages = await Promise.all(paths.map(async (path) => (await get(path)).text()));
  const fields = { status: "quarantined", path: hostileTexts[3] ?? "" };
  pages.push(await (await post("/quarantine/recheck", fields)).text());
  for (const html of pages) {
    expect(main(html)).not.toMatch(/<(?:script|img|svg on|b>)|\u202e|\u0000/);
    expect(html.length).toBeLessThan(100_000);
  }
  expect(words(pages[0] ?? "")).toContain("⟨U+202E⟩");
});

test("every page needs a session, and no form works without one", async () => {
  const { app } = await makeOperatedInbox();
  for (const path of [
    "/attribution",
    "/attribution.csv",
    "/quarantine",
    "/quarantine/recheck",
    "/status",
    "/help",
  ])
    expect((await app.request(path)).headers.get("location")).toMatch(/^\/login/);
  for (const path of ["/quarantine/recheck", "/events/x/recheck", "/events/x/replay"])
    expect((await app.request(path, { method: "POST" })).headers.get("location")).toMatch(/^\/login/);
});
