import { issueList } from "@sessionhook/core";
import { type EventLog, StoreError } from "@sessionhook/core";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { makeEvent, makeInbox, start } from "./events.js";
import { hostileTexts } from "./sample-events.js";
import { text } from "./read-pages.js";

const links = (html: string, name: string) => {
  const found = new RegExp(`href="([^"]*)"[^>]*>\\s*(?:[↑] )?${name}`).exec(html)?.[1];
  return found?.replaceAll("&amp;", "&");
};
const idsOf = (html: string) =>
  [...html.matchAll(/column-message-id"><a href="\/events\/([^"]*)"/g)].map((m) => m[1]);

/** Returns a store whose given methods fail. */
function failing(names: readonly (keyof EventLog)[], error: Error): EventLog {
  const fail = () => Promise.reject(error);
  const store = createMemoryStore();
  return new Proxy(store, {
    get: (target, name) => {
      if ((names as readonly PropertyKey[]).includes(name)) return fail;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

const navigation = /<nav class="site-nav".*?<\/nav>/;
const ownScript = /<script src="\/assets\/inbox\.[0-9a-f]{8}\.js" defer(?:="")?><\/script>/;

describe("the list", () => {
  test("shows every event once, newest first, and links back to the newest", async () => {
    const events = Array.from({ length: 120 }, (_, i) => makeEvent({ id: `evt_${i}` }));
    const { get } = await makeInbox(events);
    const seen: (string | undefined)[][] = [];
    for (let path: string | undefined = "/events"; path !== undefined;) {
      const html = await (await get(path)).text();
      seen.push(idsOf(html));
      expect(links(html, "Newest")).toBe(path === "/events" ? undefined : "/events");
      path = links(html, "Older");
    }
    expect(seen.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(seen.flat()).toEqual(events.map(({ id }) => id).toReversed());
  });

  test("filters by status and by the beginning of an id, preserves both in links to pages, and shows counts", async () => {
    const events = Array.from({ length: 130 }, (_, i) =>
      makeEvent({ id: `${i % 2 ? "odd" : "even"}_${i}`, status: i % 13 === 0 ? "quarantined" : "accepted" }),
    );
    const { get, store } = await makeInbox(events);
    await store.append([makeEvent({ id: "odd_1", body: "other" })]);
    const all = await (await get("/events")).text();
    expect(text(all)).toMatch(/All 131\s*Accepted 120\s*Quarantined 10\s*Unrecognized 0\s*Conflict 1/);
    expect(idsOf(await (await get("/events?status=quarantined")).text())).toHaveLength(10);
    expect(idsOf(await (await get("/events?status=conflict")).text())).toEqual(["odd_1?version=2"]);
    const odd = await (await get("/events?status=accepted&q=odd_")).text();
    const older = links(odd, "Older") ?? "";
    expect(new URL(older, "http://x").searchParams.get("status")).toBe("accepted");
    const rest = idsOf(await (await get(older)).text());
    expect([idsOf(odd).length + rest.length, rest.every((id) => id?.startsWith("odd_"))]).toEqual([60, true]);
    expect(idsOf(await (await get("/events?q=%20%22even_12%22%2C")).text())).toEqual([
      "even_128",
      "even_126",
      "even_124",
      "even_122",
      "even_120",
      "even_12",
    ]);
    expect(idsOf(await (await get("/events?q=EVEN_12")).text())).toEqual([]);
    expect(idsOf(await (await get("/events?status=nonsense")).text())).toHaveLength(50);
  });

  test("shows the next step when the store is empty, and the filter when no event matches", async () => {
    const empty = await makeInbox();
    const first = text(await (await empty.get("/events")).text());
    expect(first).toContain("POST /webhooks");
    expect(first).toContain("npm run sessionhook -- send");
    const { get } = await makeInbox([makeEvent({ id: "evt_1" })]);
    const none = text(await (await get("/events?status=conflict&q=evt_%3Cb%3E")).text());
    expect(none).toContain("No message id starting with evt_<b> has the status conflict.");
  });

  test("a cursor of another store leads to the first page of the same filter", async () => {
    const { get } = await makeInbox([makeEvent({ id: "evt_1" })]);
    const answer = await get("/events?status=accepted&q=e&cursor=nonsense");
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/events?status=accepted&q=e"]);
  });
});

describe("an event", () => {
  test("shows the body and the metadata", async () => {
    const { get } = await makeInbox([
      makeEvent({ id: "evt_1", attemptTimestamp: start / 1000 - 100, body: { a: [1.5, null], big: 7 } }),
      makeEvent({ id: "evt_1", body: { a: [1.5, null], big: 7 } }),
    ]);
    const html = await (await get("/events/evt_1")).text();
    expect(html).toContain('<time datetime="2026-03-01T11:58:30.000Z">2026-03-01 11:58:30 UTC</time>');
    expect(text(html)).toContain("11:58:20 UTC 10 s before it was received");
    expect(text(html)).toMatch(/Duplicates\s*1 same bytes received again/);
    expect(text(html)).toMatch(/a:\s*\[\s\] 2 items\s*0:\s*1\.5\s*1:\s*null\s*big:\s*7/);
  });

  test("lists the issues of a quarantined event, each linked to its place in the payload", async () => {
    const issues = [{ path: "data.x", message: "expected <string>, found number" }];
    const { get } = await makeInbox([
      makeEvent({ id: "evt_1", status: "quarantined", ...issueList(issues), body: { data: { x: 1 } } }),
    ]);
    const html = await (await get("/events/evt_1")).text();
    const target = /<a class="code" href="#([^"]+)">data\.x<\/a>/.exec(html)?.[1];
    expect(html).toContain(`<li id="${target}"><div class="leaf"><span class="key">x`);
    expect(text(html)).toContain("expected <string>, found number");
  });

  test("shows the total count of issues beyond the listed ones", async () => {
    const issues = Array.from({ length: 99 }, (_, i) => ({ path: `data.list[${i}]`, message: "odd" }));
    for (const [counted, heading, more] of [
      [{ total: 315, exact: true }, "315 issues", "And 216 more"],
      [{ total: 10_000, exact: false }, "At least 10,000 issues", "And at least 9,901 more"],
    ] as const) {
      const { get } = await makeInbox([
        makeEvent({ id: "evt_1", status: "quarantined", issues, ...counted, body: "{}" }),
      ]);
      const page = text(await (await get("/events/evt_1")).text());
      expect(page).toContain(`${heading}data.list[0]`);
      expect(page).toContain(`${more}, not listed.`);
    }
  });

  test("links the versions of a conflict, each with its own bytes", async () => {
    const { get } = await makeInbox([
      makeEvent({ id: "a", body: '{"n":1}' }),
      makeEvent({ id: "a", body: '{"n":2}' }),
    ]);
    const [first, second] = await Promise.all(
      ["/events/a", "/events/a?version=2"].map(async (path) => (await get(path)).text()),
    );
    for (const html of [first, second]) {
      expect(html).toContain('href="/events/a"');
      expect(html).toContain('href="/events/a?version=2"');
    }
    expect(text(first ?? "")).toMatch(/n:\s*1/);
    expect(text(second ?? "")).toMatch(/n:\s*2/);
    expect(await (await get("/events/a/raw?version=2")).text()).toBe('{"n":2}');
  });

  test.each([
    "/events/none",
    "/events/evt_1?version=2",
    "/events/evt_1?version=0",
    "/events/evt_1?version=x",
    "/events/none/raw",
  ])("%s is a 404 page", async (path) => {
    const { get } = await makeInbox([makeEvent({ id: "evt_1" })]);
    const answer = await get(path);
    expect([answer.status, (await answer.text()).includes("No such event")]).toEqual([404, true]);
  });

  test.each(["a/b", "a%2Fb", "a%", "?q#f", "..\u00e9 +&=", 'x"><script>', "raw", "😀"])(
    "is found by the id %j",
    async (id) => {
      const { get } = await makeInbox([makeEvent({ id, body: `"body of ${id.length}"` })]);
      const path = /href="(\/events\/[^"]*)"/.exec(await (await get("/events")).text())?.[1] ?? "";
      expect((await get(path)).status).toBe(200);
      const raw = await get(`${path}/raw`);
      expect(await raw.text()).toBe(`"body of ${id.length}"`);
      expect(raw.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w-]+\.json"$/);
    },
  );

  test("bodies that are not JSON are shown as text, as bytes, or as empty", async () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => 255 - (i % 256));
    const { get } = await makeInbox([
      makeEvent({ id: "text", body: "<b>bold</b>\u202e" }),
      makeEvent({ id: "bytes", body: bytes }),
      makeEvent({ id: "empty", body: "" }),
      makeEvent({ id: "long", body: "x".repeat(50_000) }),
    ]);
    const shown = async (id: string) => text(await (await get(`/events/${id}`)).text());
    expect(await shown("text")).toContain("<b>bold</b>⟨U+202E⟩");
    expect(await shown("bytes")).toContain("0000  ff fe fd fc fb fa f9 f8");
    expect(await shown("empty")).toContain("The body is empty.");
    expect(await shown("long")).toContain("the first 20,000 of 50,000 characters");
    expect((await shown("long")).length).toBeLessThan(22_000);
    expect(new Uint8Array(await (await get("/events/bytes/raw")).arrayBuffer())).toEqual(bytes);
    expect((await get("/events/bytes/raw")).headers.get("content-disposition")).toBe(
      'attachment; filename="bytes.bin"',
    );
  });

  test("with a megabyte of the most expensive values results in a page of a few megabytes", async () => {
    const shapes = ["[".repeat(9) + "0", `"${"\u202e1".repeat(100)}"`, '{"\\u0000a":"&"}'];
    for (const shape of shapes) {
      const closed = shape.startsWith("[") ? shape + "]".repeat(9) : shape;
      const count = Math.floor(1_000_000 / (closed.length + 1));
      const body = `[${Array.from({ length: count }, () => closed).join(",")}]`;
      const { get } = await makeInbox([makeEvent({ id: "a", body })]);
      const html = await (await get("/events/a?tree=open")).text();
      expect(html.length).toBeLessThan(12_000_000);
      expect(text(html)).toContain("too large to show completely");
    }
  });
});

test("hostile texts from every source are escaped", async () => {
  const events = hostileTexts.map((hostile, i) =>
    makeEvent({
      id: `evt_${i}${hostile}`,
      type: hostile,
      status: "quarantined",
      ...issueList([{ path: hostile, message: hostile }]),
      body: { [hostile]: hostile, isEscaped: true, toString: hostile },
    }),
  );
  const { get } = await makeInbox(events);
  const paths = [
    "/events",
    ...events.map(({ id }) => `/events/${encodeURIComponent(id)}`),
    ...hostileTexts.map((q) => `/events?q=${encodeURIComponent(q)}`),
  ];
  for (const path of paths) {
    const html = await (await get(path)).text();
    expect(html.replace(ownScript, "").replace(navigation, "")).not.toMatch(
      /<script|<svg|<img src=x|<style|\u202e|\u0000/,
    );
    expect(html.replaceAll(/"[^"]*"/g, "")).not.toMatch(/<[^>]*\son\w+=/);
    expect(html.match(/href="(?!\/|#)/g)).toBeNull();
  }
});

describe("headers", () => {
  const paths = [
    "/events",
    "/events/evt_1",
    "/events/evt_1/raw",
    "/events/none",
    "/login",
    "/login/once?code=0",
    "/?cursor=x",
  ];
  test.each(paths)("%s is not cached and has a strict Content-Security-Policy", async (path) => {
    const { app, get } = await makeInbox([makeEvent({ id: "evt_1" })]);
    for (const answer of [await get(path), await app.request(path)]) {
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "cache-control": "no-store",
        "content-security-policy":
          "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
      });
    }
    const head = await app.request(path, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([(await app.request(path)).status, ""]);
  });

  test("a raw body is a download and never a page", async () => {
    const { get } = await makeInbox([makeEvent({ id: "evt_1", body: "<script>1</script>" })]);
    const { headers } = await get("/events/evt_1/raw");
    expect([
      headers.get("content-type"),
      headers.get("content-disposition"),
      headers.get("content-length"),
    ]).toEqual(["application/octet-stream", 'attachment; filename="evt_1.txt"', "18"]);
  });

  test("stylesheets, icon and script may be cached forever, and pages load nothing else", async () => {
    const { app, get } = await makeInbox();
    const html = await (await get("/events")).text();
    const assets = new Set([...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((m) => m[1] ?? ""));
    expect([...assets].map((path) => path.split(".").at(-1)).sort()).toEqual(["css", "css", "js", "svg"]);
    for (const path of assets) {
      const answer = await app.request(path);
      expect([answer.status, answer.headers.get("cache-control")]).toEqual([
        200,
        "public, max-age=31536000, immutable",
      ]);
      expect(await answer.text()).not.toMatch(/url\(|@import|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    }
    expect(html.replace(ownScript, "").replace(navigation, "")).not.toMatch(/\sstyle=|<style|<script/);
    expect(await (await app.request("/login")).text()).not.toContain("<script");
  });

  test("the signed headers can be downloaded with the original names, and copied", async () => {
    const event = makeEvent({ id: "evt_1", body: "x" });
    const { get } = await makeInbox([event, makeEvent({ id: "evt_1", body: "y", signature: "v1,b3RoZXI=" })]);
    const answer = await get("/events/evt_1/headers?version=2");
    expect(answer.headers.get("content-disposition")).toBe(
      'attachment; filename="evt_1-version-2.headers.json"',
    );
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(await answer.json()).toEqual({
      "webhook-id": "evt_1",
      "webhook-timestamp": String(event.attemptTimestamp),
      "webhook-signature": "v1,b3RoZXI=",
    });
    expect((await get("/events/evt_2/headers")).status).toBe(404);
    const html = await (await get("/events/evt_1?version=2")).text();
    expect(html).toContain('href="/events/evt_1/headers?version=2"');
    expect(html).toMatch(/<button[^>]* hidden[^>]* data-copy="evt_1"/);
    expect(html).toMatch(/<button[^>]* hidden[^>]* data-copy-from="\/events\/evt_1\/raw\?version=2"/);
  });
});

test.each(["/events", "/events/evt_1", "/events/evt_1/raw"])(
  "%s is a 503 page if the store is unavailable",
  async (path) => {
    const told: unknown[] = [];
    const error = new StoreError("store_unavailable", "the secret reason");
    const store = failing(["list", "get"], error);
    const { get } = await makeInbox([], { store, onError: (error) => told.push(error) });
    const answer = await get(path);
    const html = await answer.text();
    expect([answer.status, answer.headers.get("retry-after"), answer.headers.get("cache-control")]).toEqual([
      503,
      "5",
      "no-store",
    ]);
    expect(html).toContain(`href="${path}"`);
    expect(html).not.toContain("secret reason");
    expect(told).toEqual([error]);
  },
);

test("any other failure is a 500 page that does not show its reason", async () => {
  const { get } = await makeInbox([], { store: failing(["stats"], new TypeError("the secret reason")) });
  const answer = await get("/events");
  expect([answer.status, (await answer.text()).includes("secret")]).toEqual([500, false]);
});

test("leaves every other path to the receiver when it is mounted", async () => {
  const { app: pages } = await makeInbox();
  const app = new Hono();
  app.get("/healthz", (c) => c.text("ok"));
  app.route("/", pages);
  app.notFound((c) => c.text("the receiver's own", 404));
  for (const [method, path] of [
    ["GET", "/nothing"],
    ["GET", "/assets/inbox.0.css"],
    ["GET", "/nothing/"],
    ["POST", "/nothing"],
    ["POST", "/people/"],
    ["DELETE", "/events/a/b"],
  ] as const) {
    const answer = await app.request(path, { method });
    expect([path, await answer.text(), answer.headers.get("content-security-policy")]).toEqual([
      path,
      "the receiver's own",
      null,
    ]);
  }
  const health = await app.request("/healthz");
  expect([await health.text(), health.headers.get("cache-control")]).toEqual(["ok", null]);
  expect((await app.request("/")).status).toBe(303);
});

test.each([
  ["POST", "/people", "GET, HEAD"],
  ["POST", "/people?key=x", "GET, HEAD"],
  ["PUT", "/people/x/y", "GET, HEAD"],
  ["POST", "/", "GET, HEAD"],
  ["DELETE", "/events/a", "GET, HEAD"],
  ["GET", "/logout", "POST"],
  ["GET", "/events/a/recheck", "POST"],
  ["PUT", "/login", "GET, HEAD, POST"],
  ["PUT", "/quarantine/recheck", "GET, HEAD, POST"],
])("%s %s is answered with 405, and Allow: %s", async (method, path, allow) => {
  const { app } = await makeInbox([], { basePath: "/hooks" });
  const problem = await app.request(path, { method });
  expect([problem.status, problem.headers.get("allow")]).toEqual([405, allow]);
  expect(await problem.json()).toMatchObject({
    code: "method_not_allowed",
    detail: `Use ${allow} for this path; messages go to POST /hooks/webhooks`,
  });
  const page = await app.request(path, { method, headers: { accept: "text/html" } });
  expect([page.status, page.headers.get("allow"), page.headers.get("vary")]).toEqual([405, allow, "Accept"]);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(await page.text()).toContain("Method not allowed");
});

test("a page for an unknown path depends on Accept, once", async () => {
  const { get } = await makeInbox();
  const answer = await get("/nothing", { accept: "text/html" });
  expect([answer.status, answer.headers.get("vary")]).toEqual([404, "Accept"]);
});

test.each([
  ["/people/", "/people"],
  ["/events/?q=a%2Fb", "/events?q=a%2Fb"],
  ["/events/evt%2F1/", "/events/evt%2F1"],
  ["/status/", "/status"],
  ["/quarantine/recheck/?path=x", "/quarantine/recheck?path=x"],
])("%s leads to %s", async (path, target) => {
  for (const basePath of ["", "/hooks"]) {
    const { app } = await makeInbox([], { basePath });
    const answer = await app.request(path);
    expect([answer.status, answer.headers.get("location")]).toEqual([308, basePath + target]);
  }
});

test.each(["//", "//evil.example/", "/nothing/", "/events//", "/login/once/", "/live/sessions/"])(
  "%s leads nowhere",
  async (path) => {
    const { app } = await makeInbox();
    expect((await app.fetch(new Request(`http://localhost${path}`))).status).toBe(404);
  },
);

describe("the navigation", () => {
  test("marks the page that is shown, or the list that it belongs to", async () => {
    const { get } = await makeInbox([makeEvent({ id: "evt_1" })]);
    const current = /<nav class="site-nav"[^>]*><a[^>]* aria-current="page" href="\/events">.*?Events<\/a>/;
    expect(await (await get("/events")).text()).toMatch(current);
    const event = await (await get("/events/evt_1")).text();
    expect(event).toMatch(current);
    expect(await (await get("/events/evt_none")).text()).not.toContain("aria-current");
  });
});
