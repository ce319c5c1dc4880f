import type { PageView } from "@sessionhook/core";

/** Most page views, and most signals, that a session page shows; the raw event has all of them. */
const maxShown = 300;
/** Most properties of a signal that are shown. */
const maxProperties = 8;
const maxText = 200;

/** Something the visitor did, as the event reports it. */
export interface Signal {
  /** Unix milliseconds. */
  readonly at: number;
  /** Kind of the signal, such as `page_view`. */
  readonly kind: string;
  readonly url: string | undefined;
  readonly title: string | undefined;
  /** Address of an outgoing link that was followed. */
  readonly outlink: string | undefined;
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/** A page of the visit and what the visitor did on it. */
export interface PageVisit {
  /** Undefined for signals of a session without a page. */
  readonly url: string | undefined;
  readonly title: string | undefined;
  readonly at: number;
  /** Time until the next page or the end of the visit; undefined if unknown. */
  readonly seconds: number | undefined;
  /** Signals on the page apart from the view of the page itself. */
  readonly signals: readonly Signal[];
}

export interface Timeline {
  readonly pages: readonly PageVisit[];
  /** Numbers of page views and signals beyond the limit. */
  readonly moreViews: number;
  readonly moreSignals: number;
}

/**
 * Reads the signals of a session from a parsed event, in the order of their times. Accepts anything: what has no time is left
 * out.
 */
export function signalsOf(event: unknown): readonly Signal[] {
  const list = field(field(field(event, "data"), "session"), "events");
  const all = Array.isArray(list) ? list.slice(0, 100_000).flatMap(readSignal) : [];
  return all.toSorted((a, b) => a.at - b.at);
}

/**
 * Groups signals by the page views of their session, which lists and exports have too.
 * @param signals in the order of their times
 */
export function timelineOf(views: readonly PageView[], signals: readonly Signal[]): Timeline {
  const seen = new Set(views.map(({ at, url }) => `${at} ${url}`));
  const others = signals.filter(
    ({ at, kind, url = "" }) => !isPageView(kind) || !seen.has(`${Math.floor(at)} ${url}`),
  );
  const shown = views.slice(0, maxShown);
  const end = views[maxShown]?.at ?? Infinity;
  const listed = others.filter(({ at }) => at < end).slice(0, maxShown);
  const pages = shown.map(({ url, title, at, seconds }) => ({
    url,
    title: title ?? undefined,
    at,
    seconds: seconds ?? undefined,
    signals: [] as Signal[],
  }));
  for (const signal of listed) pages[placeOf(signal, shown)]?.signals.push(signal);
  const [first] = pages.length === 0 ? listed : [];
  return {
    pages:
      first === undefined
        ? pages
        : [{ url: undefined, title: undefined, at: first.at, seconds: undefined, signals: listed }],
    moreViews: views.length - shown.length,
    moreSignals: others.length - listed.length,
  };
}

/** Returns the index of the last view before a signal; of several at the same time, that of its address. */
function placeOf({ at, url }: Signal, views: readonly PageView[]): number {
  const last = Math.max(
    0,
    views.findLastIndex((view) => view.at <= at),
  );
  const same = views.findLastIndex((view) => view.at === views[last]?.at && view.url === url);
  return same === -1 ? last : same;
}

function isPageView(kind: string): boolean {
  return /^page[\s_-]?view$/i.test(kind);
}

function readSignal(entry: unknown): Signal[] {
  const at = numberOf(entry, "ts");
  if (at === undefined) return [];
  return [
    {
      at,
      kind: textOf(entry, "signal") ?? "signal",
      url: textOf(entry, "url", 2048),
      title: textOf(entry, "title"),
      outlink: textOf(entry, "outlink", 2048),
      properties: propertiesOf(field(entry, "props")),
    },
  ];
}

function propertiesOf(props: unknown): (readonly [string, string])[] {
  if (typeof props !== "object" || props === null || Array.isArray(props)) return [];
  const found: (readonly [string, string])[] = [];
  for (const [name, value] of Object.entries(props)) {
    if (found.length === maxProperties) break;
    const text = typeof value === "string" ? value : simple(value);
    if (text !== undefined) found.push([name.slice(0, maxText), text.slice(0, maxText)]);
  }
  return found;
}

/** Numbers and truth values; the raw event has everything else. */
function simple(value: unknown): string | undefined {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function textOf(value: unknown, name: string, max = maxText): string | undefined {
  const text = field(value, name);
  return typeof text === "string" && text.trim() !== "" ? text.trim().slice(0, max) : undefined;
}

function numberOf(value: unknown, name: string): number | undefined {
  const number = field(value, name);
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}
