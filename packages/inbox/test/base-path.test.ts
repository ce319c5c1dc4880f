import { expect, test } from "vitest";
import { adminToken, makeEvent, makeInbox } from "./events.js";

/** Paths of every kind of page, with a session and without. */
const pages = [
  "/",
  "/events",
  "/events?status=conflict&q=x",
  "/events/evt_1",
  "/events/evt_1?tree=open",
  "/events/evt_2",
  "/login",
];
const urls = /(?:href|src|action|content)="(?:0;url=)?(\/[^"]*)"/g;

const setUp = (basePath?: string) =>
  makeInbox(
    [makeEvent({ id: "evt_1" }), makeEvent({ id: "evt_1", body: "x", status: "quarantined" })],
    basePath === undefined ? {} : { basePath },
  );

test.each([
  ["/hooks", "/hooks", {}],
  ["/hooks/identity", "/hooks/identity", { "x-forwarded-prefix": "/other" }],
  [undefined, "/live", { "x-forwarded-prefix": "/live" }],
  [undefined, "/a/b-c_d.e~f", { "x-forwarded-prefix": "/a/b-c_d.e~f/" }],
])("base path %s, outside %s: every link, form, asset and redirect", async (basePath, prefix, headers) => {
  const { app, get, createLoginPath } = await setUp(basePath);
  for (const ask of [get, (path: string, more = {}) => app.request(path, { headers: more })])
    for (const path of pages) {
      const answer = await ask(path, headers);
      const text = await answer.text();
      const location = answer.headers.get("location");
      if (location !== null) expect(location).toMatch(new RegExp(`^${prefix}/(?:login(?:\\?|$)|events$|$)`));
      else expect([...text.matchAll(urls)].length).toBeGreaterThan(2);
      for (const [, url] of text.matchAll(urls)) expect(url, path).toMatch(new RegExp(`^${prefix}/`));
    }
  const body = new URLSearchParams({ token: adminToken, next: "/events/evt_1" });
  const signIn = await app.request("/login", { method: "POST", body, headers });
  expect(signIn.headers.get("location")).toBe(`${prefix}/events/evt_1`);
  expect(signIn.headers.get("set-cookie")).toContain(`; Path=${prefix};`);
  const out = await app.request("/logout", { method: "POST", headers });
  expect(out.headers.get("location")).toBe(`${prefix}/login`);
  expect(out.headers.get("set-cookie")).toContain(`; Path=${prefix};`);
  expect(createLoginPath()).toMatch(new RegExp(`^${basePath ?? ""}/login/once\\?code=`));
});

test.each([
  "//evil.example",
  "https://evil.example",
  "/..",
  "/a/../b",
  "/a b",
  '/"><script>',
  "/a?b",
  "/a#b",
  "hooks",
  `/${"x".repeat(300)}`,
  "/a, /b",
  "/\\evil.example",
])("X-Forwarded-Prefix: %s is not a path, and changes nothing", async (prefix) => {
  const { app } = await setUp();
  const headers = { "x-forwarded-prefix": prefix };
  expect((await app.request("/", { headers })).headers.get("location")).toBe("/login");
  const page = await (await app.request("/login", { headers })).text();
  for (const [, url] of page.matchAll(urls)) expect(url).toMatch(/^\/(?:login$|assets\/|$)/);
});

test("pages rendered concurrently do not share a prefix", async () => {
  const { get } = await setUp();
  const prefixes = Array.from({ length: 20 }, (_, i) => `/p${i}`);
  const texts = await Promise.all(
    prefixes.map(async (prefix) => (await get("/events", { "x-forwarded-prefix": prefix })).text()),
  );
  texts.forEach((text, i) => {
    for (const [, url] of text.matchAll(urls)) expect(url).toMatch(new RegExp(`^/p${i}/`));
  });
});
