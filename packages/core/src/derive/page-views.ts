import { bounded } from "../facts/bounded.js";
import { pathOf } from "../facts/pages.js";
import { at, entriesOf, numberAt } from "../facts/read.js";
import type { PageView } from "../ports/fact-store.js";
import { cut, maxKeyLength, maxNameLength, maxPageViews } from "./bounds.js";

const viewSignal = /^page_?view$/i;

interface Seen {
  readonly at: number;
  readonly path: string;
  readonly url: string;
  readonly title: string | null;
}

/**
 * Returns the page views of a session: each signal that reports one, and each that is the first on another page. The landing
 * page comes first if no signal reports it. A view lasts until the next one or the end of the session.
 */
export function pageViewsOf(
  session: unknown,
  startedAt: number,
  clamp: (time: number) => number,
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
  const events = entriesOf(at(session, "events"));
  if (pathOf(at(events[0], "url")) !== pathOf(landing)) add(startedAt, landing, at(session, "landingTitle"));
  for (const event of events) {
    if (seen.length === maxPageViews) break;
    const signal = at(event, "signal");
    const view = typeof signal === "string" && viewSignal.test(signal);
    const path = pathOf(at(event, "url"));
    if (!view && (path === undefined || cut(path, maxKeyLength) === seen.at(-1)?.path)) continue;
    add(clamp(numberAt(event, "ts") ?? startedAt), at(event, "url"), at(event, "title"));
  }
  const end = endedAt ?? numberAt(session, "lastActivity");
  return seen.map((view, position) => {
    const until = seen[position + 1]?.at ?? (end === undefined ? undefined : clamp(end));
    const seconds = until === undefined || until < view.at ? null : (until - view.at) / 1000;
    return { position, ...view, seconds };
  });
}
