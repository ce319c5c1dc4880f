import { createMemoryStore } from "@sessionhook/stores/memory";
import { describe, expect, test } from "vitest";
import {
  delivered,
  deliveryScene,
  deliveryTo,
  failure,
  hostileName,
  makeDeliveryInbox,
} from "./deliveries.js";
import { makeEvent, makeInbox, start } from "./events.js";
import { words } from "./read-pages.js";

const backend = { name: "backend", type: "http", target: "https://api.example.com" };
const made = (count: number) =>
  Array.from({ length: count }, (_, i) => makeEvent({ id: `evt_${i}`, receivedAt: start - 3_600_000 }));

describe("the list of deliveries", () => {
  test("pages through 5,000 deliveries once, newest first", { timeout: 60_000 }, async () => {
    const { get, deliveries } = await makeDeliveryInbox([backend], made(5000));
    await deliveries.route();
    const seen: string[] = [];
    let path: string | undefined = "/deliveries?destination=backend&state=waiting";
    for (let page = 0; path !== undefined; page++) {
      const html: string = await (await get(path)).text();
      expect(html.length).toBeLessThan(100_000);
      seen.push(...Array.from(html.matchAll(/href="\/deliveries\/(dlv_\d+)"/g), ([, id = ""]) => id));
      path = /rel="next" href="([^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
      if (path !== undefined) expect(path).toMatch(/destination=backend&state=waiting&cursor=/);
      expect(page).toBeLessThan(101);
    }
    expect(seen).toEqual(Array.from({ length: 5000 }, (_, i) => `dlv_${5000 - i}`));
  });

  test("filters by destination, state and event, and has the filter in its links", async () => {
    const { get } = await deliveryScene();
    const dead = await (await get("/deliveries?destination=backend&state=dead")).text();
    expect(words(dead)).toMatch(/Delivered 40 Skipped Dead letters 3|Delivered 40 Skipped 0 Dead letters 3/);
    expect([...dead.matchAll(/badge-dead/g)]).toHaveLength(3);
    expect(dead).toContain('href="/deliveries?destination=backend&amp;state=delivered"');
    expect(dead).toMatch(/<option value="backend" selected/);
    const event = await (await get("/deliveries?event=evt_hostile")).text();
    expect([...event.matchAll(/column-state"><span/g)]).toHaveLength(5);
    expect(event).toContain('<input type="hidden" name="event" value="evt_hostile"/>');
    const none = await (await get("/deliveries?destination=archive&state=dead")).text();
    expect(words(none)).toContain("No matching deliveries");
    expect((await get("/deliveries?state=nonsense")).status).toBe(200);
    const cursor = await get("/deliveries?state=dead&cursor=nonsense");
    expect([cursor.status, cursor.headers.get("location")]).toEqual([303, "/deliveries?state=dead"]);
  });

  test("shows what to do when there is no destination or no delivery", async () => {
    const nothing = await makeDeliveryInbox([]);
    for (const path of ["/deliveries", "/destinations"])
      expect(words(await (await nothing.get(path)).text())).toContain("sessionhook.config.json");
    const waiting = await makeDeliveryInbox([backend]);
    expect(words(await (await waiting.get("/deliveries")).text())).toContain("No deliveries yet");
  });
});

describe("a delivery", () => {
  test("shows state, attempts and what happens next", async () => {
    const scene = await deliveryScene();
    const dead = words(
      await (await scene.get(`/deliveries/${await deliveryTo(scene, "backend", "dead")}`)).text(),
    );
    expect(dead).toContain("Dead letter It will not be tried again by itself.");
    expect(dead).toContain("The answer was 500 http_500");
    expect(dead).toContain("⟨U+202E⟩⟨U+0000⟩ <script>window.hacked = 1</script>");
    const held = words(
      await (await scene.get(`/deliveries/${await deliveryTo(scene, "warehouse", "waiting")}`)).text(),
    );
    expect(held).toContain("Waits because the destination refuses everything at the moment.");
    const later = words(
      await (await scene.get(`/deliveries/${await deliveryTo(scene, "backend", "waiting")}`)).text(),
    );
    expect(later).toMatch(/The next attempt is due|It will be tried again/);
    const skipped = words(
      await (await scene.get(`/deliveries/${await deliveryTo(scene, "sales", "skipped")}`)).text(),
    );
    expect(skipped).toContain("Not sent.");
    expect(skipped).toMatch(/cooldown|The filter does not match/);
    expect((await scene.get("/deliveries/none")).status).toBe(404);
  });

  test("is due at once after Retry, with the attempts it had", async () => {
    const scene = await deliveryScene();
    const id = await deliveryTo(scene, "backend", "dead");
    const answer = await scene.post(`/deliveries/${id}/retry`);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, `/deliveries/${id}`]);
    expect(await scene.deliveries.store.get(id)).toMatchObject({
      state: "waiting",
      dueAt: start,
      attempts: 1,
    });
    expect(scene.deliveries.woken).toBe(1);
    expect((await scene.post("/deliveries/none/retry")).status).toBe(404);
  });

  test("with many attempts shows those that are stored, and the number of all", async () => {
    const { get, deliveries } = await makeDeliveryInbox([backend], made(1));
    await deliveries.route();
    const pages: string[] = [];
    for (const count of [100, 1000]) {
      const next = { state: "waiting", dueAt: 0, used: false } as const;
      const [before] = (await deliveries.store.list({ limit: 1 })).deliveries;
      for (let attempts = before?.attempts ?? 0; attempts < count; attempts++)
        expect(await deliveries.attempt("backend", { outcome: failure("timeout"), next })).toBe(1);
      pages.push(await (await get(`/deliveries/${before?.id}`)).text());
    }
    expect(pages.map((page) => page.split("<li value").length - 1)).toEqual([100, 100]);
    const note = "The first 20 and the newest 80 of 1,000 attempts are stored.";
    expect(pages.map((page) => words(page).includes(note))).toEqual([false, true]);
  });

  test("is on the page of its event, but not on that of a conflict", async () => {
    const { get, deliveries, store } = await makeDeliveryInbox([backend], made(1));
    await deliveries.route();
    await deliveries.attempt("backend", {
      outcome: failure("timeout"),
      next: { state: "waiting", dueAt: start, used: true },
    });
    await store.append([makeEvent({ id: "evt_0", body: "other" })]);
    const page = words(await (await get("/events/evt_0")).text());
    expect(page).toContain("Deliveries Waiting backend 1 attempt · No answer in time");
    expect(words(await (await get("/events/evt_0?version=2")).text())).not.toContain("Waiting backend");
  });
});

describe("the destinations", () => {
  test("are explained where there are none, with the secret that the example needs", async () => {
    const { get } = await makeDeliveryInbox([]);
    for (const path of ["/deliveries", "/destinations"]) {
      const page = words(await (await get(path)).text());
      const [, name] = /"secret": \{ "env": "(\w+)" \}/.exec(page) ?? [];
      expect(page).toContain(`export ${name}=$(npm run --silent sessionhook -- secret new)`);
    }
  });

  test("are explained with the command line of the app", async () => {
    const { store, deliveries } = await makeDeliveryInbox([]);
    for (const [commandLine, shown] of [
      ["/opt/app/bin/sessionhook", "$(/opt/app/bin/sessionhook secret new)"],
      ["PORT=8080 npm run sessionhook --", "$(PORT=8080 npm run --silent sessionhook -- secret new)"],
    ] as const) {
      const { get } = await makeInbox([], {
        store,
        delivery: deliveries,
        system: { commandLine: () => commandLine },
      });
      expect(words(await (await get("/destinations")).text())).toContain(shown);
    }
  });

  test("explain their state, and offer what helps", async () => {
    const { get } = await deliveryScene();
    const html = await (await get("/destinations")).text();
    const page = words(html);
    for (const words of [
      "It gets events as they arrive.",
      "An operator paused it 20 min ago. Deliveries wait, and are sent after Resume.",
      "It began to refuse everything 2 h ago. The answer was 401 http_401 . Nothing is lost: deliveries wait. One is tried in 4 min; Resume tries all at once.",
      "Too many attempts failed 1 min ago. The disk is full disk_full . Deliveries wait without using up attempts. One is tried in 29 s.",
      "It is not in the configuration any more. Its deliveries wait until it is back under this name.",
    ])
      expect(page).toContain(words);
    expect([...html.matchAll(/action="\/destinations\/[^"]*\/pause"/g)]).toHaveLength(4);
    for (const name of ["warehouse", "archive"])
      expect(html).toContain(`action="/destinations/${name}/pause"`);
    expect(html).not.toContain('action="/destinations/sales/pause"');
    expect([...html.matchAll(/action="\/destinations\/[^"]*\/resume"/g)]).toHaveLength(3);
    expect(html).not.toContain("/destinations/old-crm/");
    expect(html).toContain('href="/replays/rpl_1"');
  });

  test("a cancelled replay counts the deliveries that remain", async () => {
    const { get, post, deliveries, clock } = await makeDeliveryInbox([backend], made(3));
    await deliveries.route();
    const { store } = deliveries;
    const { id } = await store.createReplay({ destinations: ["backend"], kind: "all", rate: 20 }, clock.now);
    const planned = {
      destination: "backend",
      state: "waiting",
      reason: null,
      dueAt: clock.now,
      heldMs: 0,
    } as const;
    const created = ["evt_0", "evt_1"].map((eventId) => ({ eventId, facts: undefined, planned }));
    await store.planReplay({ id, from: null, to: "2", done: false, deliveries: created, now: clock.now });
    expect(words(await (await get(`/replays/${id}`)).text())).toContain("2 deliveries Waiting 2");
    await post(`/replays/${id}/cancel`);
    expect(words(await (await get(`/replays/${id}`)).text())).toContain("No deliveries Waiting 0");
  });

  test("link the number of open deliveries to lists that have one state each", async () => {
    const { get, deliveries, clock } = await makeDeliveryInbox([backend], made(3));
    await deliveries.route();
    const claim = { destination: "backend", class: "new", limit: 2, leaseMs: 60_000, owner: "a" } as const;
    const claimed = await deliveries.store.claim({ ...claim, now: clock.now });
    expect(claimed).toHaveLength(2);
    const html = await (await get("/destinations")).text();
    expect(words(html)).toMatch(/Open 3 Waiting deliveries to backend Delivering deliveries to backend/);
    const list = async (state: string) => {
      const path = `/deliveries?destination=backend&state=${state}`;
      expect(html).toContain(`href="${path.replaceAll("&", "&amp;")}"`);
      return (await (await get(path)).text()).match(/<tr /g)?.length;
    };
    expect([await list("waiting"), await list("delivering")]).toEqual([1 + 1, 2 + 1]);
  });

  test("offer to end a pause that the destination asked for", async () => {
    const { get, deliveries, clock } = await makeDeliveryInbox([backend], made(1));
    await deliveries.route();
    await deliveries.setState("backend", { pacedUntil: clock.now + 600_000 });
    const html = await (await get("/destinations")).text();
    expect(words(html)).toContain(
      "It asked for a pause: the next attempt is in 10 min. Resume ends the pause.",
    );
    for (const form of ["pause", "resume"]) expect(html).toContain(`action="/destinations/backend/${form}"`);
  });

  test("pause, resume and test", async () => {
    const { get, post, deliveries } = await makeDeliveryInbox([backend], made(1));
    const paused = await post("/destinations/backend/pause");
    expect(paused.headers.get("location")).toBe("/destinations#destination-backend");
    expect(words(await (await get("/destinations")).text())).toContain("An operator paused it");
    await post("/destinations/backend/resume");
    expect(words(await (await get("/destinations")).text())).toContain("It gets events as they arrive.");
    expect(words(await (await post("/destinations/backend/test")).text())).toContain(
      "The test was delivered",
    );
    deliveries.testOutcome = failure("http_503", 503, "<b>no</b>");
    const failed = words(await (await post("/destinations/backend/test")).text());
    expect(failed).toContain("The test failed");
    expect(failed).toContain("The answer was 503 http_503 <b>no</b>");
    for (const form of ["pause", "resume", "test", "replay", "discard"])
      expect((await post(`/destinations/none/${form}`)).status).toBe(404);
    const missing = words(await (await post("/destinations/none/pause")).text());
    expect(missing).toContain("It is not in the configuration.");
    expect(missing).not.toContain("retention");
  });

  test("replay dead letters after their number was shown", async () => {
    const { get, post, deliveries } = await makeDeliveryInbox([backend], made(15));
    await deliveries.route();
    const none = words(await (await get("/destinations/backend/replay")).text());
    expect(none).toContain("No dead letters to send");
    await deliveries.attempt("backend", { outcome: failure("timeout"), next: { state: "dead" } }, 12);
    const html = await (await get("/destinations/backend/replay")).text();
    expect(words(html)).toContain("12 dead letters would be sent");
    expect(words(html)).toContain("And 2 more.");
    expect(html).toMatch(/<button type="submit" class="primary">Replay 12 dead letters<\/button>/);
    expect((await deliveries.store.replays({ limit: 1 })).replays).toEqual([]);
    const kind = new URLSearchParams({ kind: "failed" });
    const answer = await post("/destinations/backend/replay", {}, kind);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/replays/rpl_1"]);
    expect(deliveries.woken).toBe(1);
    const replay = words(await (await get("/replays/rpl_1")).text());
    expect(replay).toContain("Running");
    expect(replay).toContain("Dead letters");
    await post("/replays/rpl_1/cancel");
    const cancelled = await (await get("/replays/rpl_1")).text();
    expect(words(cancelled)).toContain("Cancelled");
    expect(cancelled).not.toContain("/cancel");
    expect(
      (await post("/destinations/backend/replay", {}, new URLSearchParams({ kind: "all" }))).status,
    ).toBe(404);
    expect((await get("/destinations/none/replay")).status).toBe(404);
    const { id } = await deliveries.store.createReplay(
      {
        destinations: ["backend"],
        kind: "missing",
        status: "quarantined",
        type: "identity.resolved",
        from: start,
        to: start + 1000,
        when: "has(person.email)",
        rate: 5,
      },
      start,
    );
    expect(words(await (await get(`/replays/${id}`)).text())).toMatch(
      /Events without a delivery to the destination Status quarantined Event type identity\.resolved Received from 2026-\S+ \S+ UTC Received before 2026-\S+ \S+ UTC Filter has\(person\.email\) Rate 5 a second/,
    );
    expect((await get("/replays/none")).status).toBe(404);
  });

  test("discard what waits for a removed destination after its number was shown", async () => {
    const { get, post, deliveries } = await makeDeliveryInbox([backend], made(3));
    await deliveries.route();
    const configured = await get("/destinations/backend/discard");
    expect([configured.status, words(await configured.text())]).toEqual([
      404,
      expect.stringContaining("destination that was removed from the configuration can be discarded."),
    ]);
    expect((await post("/destinations/backend/discard")).status).toBe(404);
    deliveries.configured = [];
    expect(await (await get("/destinations")).text()).toContain('href="/destinations/backend/discard"');
    const html = await (await get("/destinations/backend/discard")).text();
    expect(words(html)).toContain("3 open deliveries They become dead letters");
    expect(html).toMatch(/<button type="submit" class="primary">Discard 3 open deliveries<\/button>/);
    const answer = await post("/destinations/backend/discard");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/destinations#destination-backend",
    ]);
    const { open, dead } = (await deliveries.store.counts(start))[0] ?? {};
    expect({ open, dead }).toEqual({ open: 0, dead: 3 });
    expect(await (await get("/destinations")).text()).not.toContain("/discard");
    const none = await (await get("/destinations/backend/discard")).text();
    expect(words(none)).toContain("No open deliveries Nothing waits for this destination.");
    expect(none).not.toContain('<form method="post" action="/destinations');
  });

  test("count what a new destination has missed", async () => {
    const { get, deliveries } = await makeDeliveryInbox([backend], made(3));
    await deliveries.route();
    deliveries.configured = [backend, { ...backend, name: "new" }];
    await deliveries.register();
    const page = words(await (await get("/destinations/new/replay?kind=missing")).text());
    expect(page).toContain("3 events would be sent");
  });
});

describe("forms of deliveries", () => {
  const forms = [
    "/deliveries/dlv_1/retry",
    "/destinations/backend/pause",
    "/destinations/backend/resume",
    "/destinations/backend/test",
    "/destinations/backend/replay",
    "/replays/rpl_1/cancel",
  ];

  test.each(forms)("%s does nothing for another site, or without a session", async (path) => {
    const scene = await makeDeliveryInbox([backend], made(1));
    const { app, post, deliveries } = scene;
    await deliveries.route();
    await deliveries.attempt("backend", { outcome: delivered, next: { state: "delivered" } });
    await deliveries.store.createReplay({ destinations: ["backend"], kind: "all", rate: 1 }, start);
    const state = async () => [
      await deliveries.store.get("dlv_1"),
      await deliveries.store.destinations(),
      await deliveries.store.replays({ limit: 100 }),
      deliveries.tested.length,
    ];
    const before = await state();
    const kind = new URLSearchParams({ kind: "failed" });
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
    ] as Record<string, string>[])
      expect((await post(path, headers, kind)).status).toBe(403);
    const stranger = await app.request(path, { method: "POST", body: kind });
    expect(stranger.headers.get("location")).toMatch(/^\/login/);
    expect(await state()).toEqual(before);
    expect((await post(path, { "sec-fetch-site": "same-origin" }, kind)).status).toBeLessThan(400);
    expect(await state()).not.toEqual(before);
  });

  test("discarding does nothing for another site, or without a session", async () => {
    const { app, post, deliveries } = await makeDeliveryInbox([backend], made(1));
    await deliveries.route();
    deliveries.configured = [];
    const path = "/destinations/backend/discard";
    expect((await post(path, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await app.request(path, { method: "POST" })).headers.get("location")).toMatch(/^\/login/);
    expect((await deliveries.store.counts(start))[0]?.open).toBe(1);
    expect((await post(path, { "sec-fetch-site": "same-origin" })).status).toBe(303);
    expect((await deliveries.store.counts(start))[0]?.open).toBe(0);
  });

  test("cannot be opened as pages", async () => {
    const { get } = await makeDeliveryInbox([backend]);
    for (const path of forms.filter((form) => !form.endsWith("/replay")))
      expect((await get(path, { accept: "text/html" })).status, path).toBe(405);
  });
});

test("every page reports that a store without deliveries delivers nothing", async () => {
  const { get } = await makeInbox([], { store: createMemoryStore() });
  for (const path of [
    "/deliveries",
    "/deliveries/dlv_1",
    "/destinations",
    "/destinations/crm/replay",
    "/destinations/crm/discard",
    "/replays/rpl_1",
  ]) {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(words(await answer.text())).toContain("It does not deliver them");
  }
});

test("hostile names stay text, in pages, forms and addresses", async () => {
  const scene = await deliveryScene();
  const segment = encodeURIComponent(hostileName);
  const paths = [
    "/destinations",
    "/deliveries",
    `/deliveries?destination=${segment}`,
    `/destinations/${segment}/replay`,
    `/deliveries/${await deliveryTo(scene, hostileName, "dead")}`,
  ];
  for (const path of paths) {
    const answer = await scene.get(path);
    expect(answer.status).toBe(200);
    // The value of an option is the name itself.
    const html = (await answer.text()).replaceAll(/ value="[^"]*"/g, "");
    expect([...html.matchAll(/<script/g)], path).toHaveLength(1);
    expect(html).not.toContain("\u202e");
    expect(html).not.toContain("<img src=x");
  }
  const paused = await scene.post(`/destinations/${segment}/pause`);
  expect(paused.headers.get("location")).toBe(`/destinations#destination-${segment}`);
  const row = (await scene.deliveries.store.destinations()).find(({ name }) => name === hostileName);
  expect(row?.state.status).toBe("paused");
});
