import type { PageView } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { signalsOf, timelineOf } from "./signals.js";

const address = (path: string) => `https://a.example${path}`;
const page = (position: number, path: string, at: number): PageView => ({
  position,
  at,
  path: path.replace(/[?#].*$/, ""),
  url: address(path),
  title: null,
  seconds: 1,
});
const signal = (kind: string, path: string | undefined, ts: unknown) => ({
  signal: kind,
  ...(path === undefined ? {} : { url: address(path) }),
  ts,
});
const read = (events: unknown) => signalsOf({ data: { session: { events } } });
const shown = (pages: readonly PageView[], events: readonly object[]) =>
  timelineOf(pages, read(events)).pages.map(({ url, signals }) => [
    url?.slice(address("").length),
    ...signals.map(({ kind }) => kind),
  ]);

describe("the timeline of a session", () => {
  test("has every derived page view, with the signals of its time", () => {
    const pages = [page(0, "/", 1000), page(1, "/a", 2000), page(2, "/a", 5000)];
    expect(
      shown(pages, [
        signal("page_view", "/a", 5000.4),
        signal("click", "/a#x", 3000),
        signal("scroll", undefined, 6000),
        signal("page_view", "/a", 2000),
        signal("early", undefined, 500),
        signal("no time", "/a", null),
      ]),
    ).toEqual([
      ["/", "early"],
      ["/a", "click"],
      ["/a", "scroll"],
    ]);
    expect(shown(pages, [])).toEqual([["/"], ["/a"], ["/a"]]);
    expect(timelineOf(pages, []).pages.map(({ seconds }) => seconds)).toEqual([1, 1, 1]);
  });

  test("assigns a signal to the page of its address if several were viewed at once", () => {
    const pages = [page(0, "/a", 1000), page(1, "/b", 1000)];
    expect(shown(pages, [signal("click", "/a", 1000), signal("scroll", "/c", 1000)])).toEqual([
      ["/a", "click"],
      ["/b", "scroll"],
    ]);
  });

  test("shows signals without any page, and views that no page was derived from", () => {
    expect(shown([], [signal("click", undefined, 1), signal("page_view", undefined, 2)])).toEqual([
      [undefined, "click", "page_view"],
    ]);
    expect(shown([], [])).toEqual([]);
  });

  test("is limited, and counts the rest", () => {
    const pages = Array.from({ length: 400 }, (_, n) => page(n, `/${n}`, n * 10));
    const events = Array.from({ length: 700 }, (_, n) => signal("click", undefined, n * 5));
    const timeline = timelineOf(pages, read(events));
    expect(timeline).toMatchObject({ moreViews: 100, moreSignals: 400 });
    expect(timeline.pages).toHaveLength(300);
    expect(timeline.pages.reduce((sum, { signals }) => sum + signals.length, 0)).toBe(300);
  });
});
