/** Most signals that a session page shows; the raw event has all of them. */
export const maxSignals = 300;
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
  /** Undefined for signals without an address before the first page. */
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
  /** Number of signals beyond the limit. */
  readonly more: number;
}

/**
 * Reads the signals of a session from a parsed event, in the order of their times, and groups them by page. Accepts
 * anything: what has no time is left out.
 */
export function timelineOf(event: unknown): Timeline {
  const session = field(field(event, "data"), "session");
  const list = field(session, "events");
  const all = Array.isArray(list) ? list.slice(0, 100_000).flatMap(readSignal) : [];
  const sorted = all.toSorted((a, b) => a.at - b.at);
  const shown = sorted.slice(0, maxSignals);
  const end = sorted.at(maxSignals)?.at ?? numberOf(session, "endedAt") ?? numberOf(session, "lastActivity");
  return { pages: groupByPage(shown, end), more: sorted.length - shown.length };
}

function groupByPage(signals: readonly Signal[], end: number | undefined): PageVisit[] {
  const groups: { first: Signal; signals: Signal[] }[] = [];
  for (const signal of signals) {
    const group = groups.at(-1);
    const view = isPageView(signal.kind);
    const moved = signal.url !== undefined && signal.url !== group?.first.url;
    if (group === undefined || view || moved) groups.push({ first: signal, signals: view ? [] : [signal] });
    else group.signals.push(signal);
  }
  return groups.map(({ first, signals: own }, index) => {
    const next = groups[index + 1]?.first.at ?? end;
    const seconds = next === undefined || next < first.at ? undefined : (next - first.at) / 1000;
    return { url: first.url, title: first.title, at: first.at, seconds, signals: own };
  });
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
