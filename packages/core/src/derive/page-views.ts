import { bounded } from "../facts/bounded.js";
import { pathOf } from "../facts/pages.js";
import { at, entriesOf, numberAt } from "../facts/read.js";
import type { PageView } from "../ports/fact-store.js";
import { maxPageViews } from "../limits.js";
import { cut, maxKeyLength, maxNameLength } from "./bounds.js";

const viewSignal = /^page[\s_-]?view$/i;

interface Seen {
  readonly at: number;
  readonly path: string;
  readonly url: string;
  readonly title: string | null;
}

/**
 * Returns the page views of a session in the order of their times: each signal that reports one, and each that is the first on
 * another page. The landing page comes first unless the first signal with an address is on it. A view lasts until the next
 * one or the end of the session; one that seems longer than the session has no duration.
 */
export function pageViewsOf(
  session: unknown,
  startedAt: number,
  limit: (time: number) => number,
  endedAt: number | undefined,
): readonly PageView[] {
  const seen: Seen[] = [];
  const add = (at: number, address: unknown, title: unknown) => {
    const url = bounded(address, "string") as string | undefined;
    const path = pathOf(url);
    if (url === undefined || path === undefined) return;
    const name = cut(bounded(title, "string") as string | undefined, maxNameLength);
    seen.push({ at, path: cut(path, maxKeyLength) as string, url, title: name });
  };
  const landing = at(session, "landingPage");
  const events = inOrder(entriesOf(at(session, "events")), startedAt, limit);
  const first = events.find(({ event }) => pathOf(at(event, "url")) !== undefined)?.event;
  if (pathOf(at(first, "url")) !== pathOf(landing)) add(startedAt, landing, at(session, "landingTitle"));
  for (const { event, time } of events) {
    if (seen.length === maxPageViews) break;
    const signal = at(event, "signal");
    const view = typeof signal === "string" && viewSignal.test(signal);
    const path = pathOf(at(event, "url"));
    if (!view && (path === undefined || cut(path, maxKeyLength) === seen.at(-1)?.path)) continue;
    add(time, at(event, "url"), at(event, "title"));
  }
  const last = endedAt ?? numberAt(session, "lastActivity");
  const end = last === undefined ? undefined : limit(last);
  const longest = end === undefined ? Infinity : end - startedAt;
  return seen.map((view, position) => {
    const until = seen[position + 1]?.at ?? end;
    const length = until === undefined ? -1 : until - view.at;
    return { position, ...view, seconds: length < 0 || length > longest ? null : length / 1000 };
  });
}

interface Timed {
  readonly event: unknown;
  readonly time: number;
}

/** Sorts events by their limited times; one without a time has that of the event before it. */
function inOrder(
  events: readonly unknown[],
  startedAt: number,
  limit: (time: number) => number,
): readonly Timed[] {
  let before = startedAt;
  let ordered = true;
  const timed = events.map((event) => {
    const given = numberAt(event, "ts");
    const time = given === undefined ? before : limit(given);
    if (time < before) ordered = false;
    before = time;
    return { event, time };
  });
  return ordered ? timed : timed.toSorted((one, other) => one.time - other.time);
}
