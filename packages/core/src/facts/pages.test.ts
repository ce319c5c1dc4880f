import { expect, it } from "vitest";
import { pathOf, readPages } from "./pages.js";

it.each([
  ["https://acme.com/pricing", "/pricing"],
  ["https://acme.com/pricing/?plan=a#top", "/pricing/"],
  ["https://acme.com", "/"],
  ["https://acme.com?x=1", "/"],
  ["https://acme.com#/spa", "/"],
  ["HTTPS://acme.com:8443/A%20b/ü", "/A%20b/ü"],
  ["https://user:pass@acme.com/a", "/a"],
  ["//acme.com/a", "/a"],
  ["/a?b", "/a"],
  ["/a?b\nc#d", "/a"],
  ["/", "/"],
  ["app://main/home", "/home"],
  ["  https://acme.com/a  ", "/a"],
  ["file:///etc/hosts", "/etc/hosts"],
])("finds the path of %s", (url, path) => {
  expect(pathOf(url)).toBe(path);
});

it.each(["", "about:blank", "acme.com/a", "javascript:alert(1)", "?x", "data:text/html,//x/", null, 7, {}])(
  "finds none in %j",
  (url) => {
    expect(pathOf(url)).toBeUndefined();
  },
);

it("lists the paths in the order of the first visit, the landing page first", () => {
  const url = (path: string) => ({
    url: `https://acme.com${path}`,
    signal: path === "/c" ? "click" : "view",
  });
  const events = [url("/b"), url("/b?x"), url("/a"), url("/c"), url("/b"), { url: "" }, null, 7];
  expect(readPages({ landingPage: "https://www.acme.com/a#x", events })).toEqual({
    paths: ["/a", "/b", "/c"],
    count: 3,
    last: "https://acme.com/b",
    signals: ["view", "click"],
  });
});

it("lists 500 paths and counts all", () => {
  const events = Array.from({ length: 700 }, (_, at) => ({ url: `/p${at}` }));
  const { paths, count, last } = readPages({ events });
  expect([paths.length, paths[499], count, last]).toEqual([500, "/p499", 700, "/p699"]);
});

it.each([undefined, null, 7, "x", [], { events: "x" }, { events: { 0: { url: "/" } } }])(
  "finds none in the session %j",
  (session) => {
    expect(readPages(session)).toEqual({ paths: [], count: 0, last: undefined, signals: [] });
  },
);
