import { expect, it } from "vitest";
import { limitTo } from "./bounds.js";
import { pageViewsOf } from "./page-views.js";

const startedAt = 1000;
const limit = limitTo(100_000);
const view = (path: string, ts?: number) => ({ signal: "page_view", url: `https://a.example${path}`, ts });
const views = (events: readonly object[], more: object = {}) =>
  pageViewsOf({ events, ...more }, startedAt, limit, 20_000).map(({ path, at, seconds }) => [
    path,
    at,
    seconds,
  ]);

it("orders views by their time, and measures each until the next", () => {
  expect(views([view("/c", 9000), view("/a", 2000), view("/b", 5000)])).toEqual([
    ["/a", 2000, 3],
    ["/b", 5000, 4],
    ["/c", 9000, 11],
  ]);
});

it("leaves events of the same time, and those without one, after the event before them", () => {
  expect(views([view("/c", 9000), view("/d"), view("/a", 2000), view("/b", 2000)])).toEqual([
    ["/a", 2000, 0],
    ["/b", 2000, 7],
    ["/c", 9000, 0],
    ["/d", 9000, 11],
  ]);
  expect(views([view("/a"), view("/b", 5000)])).toEqual([
    ["/a", 1000, 4],
    ["/b", 5000, 15],
  ]);
});

it("orders by the limited times", () => {
  expect(views([view("/b", 1e300), view("/c", 100_000), view("/a", 2000)])).toEqual([
    ["/a", 2000, null],
    ["/b", 100_000, 0],
    ["/c", 100_000, null],
  ]);
});

it("has no duration for a view that seems longer than the session", () => {
  expect(views([view("/a", 10), view("/b", 900)])).toEqual([
    ["/a", 10, 0.89],
    ["/b", 900, null],
  ]);
  expect(views([view("/a", 1000), view("/b", 20_000), view("/c", 90_000)])).toEqual([
    ["/a", 1000, 19],
    ["/b", 20_000, null],
    ["/c", 90_000, null],
  ]);
});

it("adds the landing page unless the first address in the order of time is on it", () => {
  const landing = { landingPage: "https://a.example/a?utm_source=x" };
  const start = { signal: "session_start", ts: 1000 };
  expect(views([view("/b", 5000), view("/a#x", 2000)], landing).map(([path]) => path)).toEqual(["/a", "/b"]);
  expect(views([start, view("/a", 2000)], landing).map(([path]) => path)).toEqual(["/a"]);
  expect(views([start, view("/b", 2000)], landing)).toEqual([
    ["/a", 1000, 1],
    ["/b", 2000, 18],
  ]);
  expect(views([], landing)).toEqual([["/a", 1000, 19]]);
});

it("lists at most 500 views, the earliest", () => {
  const events = Array.from({ length: 600 }, (_, n) => view(`/${n}`, 50_000 - n));
  const listed = views(events);
  expect(listed).toHaveLength(500);
  expect(listed[0]?.[0]).toBe("/599");
});
