import { maxListEntries } from "./limits.js";
import { at, entriesOf, textAt } from "./read.js";

export interface Pages {
  /** Different paths in the order of the first visit. */
  readonly paths: readonly string[];
  /** Number of different paths, also beyond the limit. */
  readonly count: number;
  /** Address of the last page. */
  readonly last: string | undefined;
  /** Different kinds of events in the order of the first. */
  readonly signals: readonly string[];
}

/** An address with or without a scheme; the path is between host and query or fragment. */
const address = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#\\]*([^?#]*)/i;

/**
 * Returns the path of a web address unchanged: not decoded, with its trailing slash. `/` for an address without
 * one; a text that begins with a slash is a path already. Undefined for anything else.
 */
export function pathOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  const found = address.exec(text);
  if (found !== null) return found[1] === "" ? "/" : found[1];
  return text.startsWith("/") ? text.replace(/[?#].*$/s, "") : undefined;
}

/** Returns the paths of a session (of its landing page, then of its events), the address of its last page, and the kinds of its events. */
export function readPages(session: unknown): Pages {
  const seen = new Set<string>();
  const add = (url: unknown) => {
    const path = pathOf(url);
    if (path !== undefined) seen.add(path);
  };
  add(at(session, "landingPage"));
  const signals = new Set<string>();
  let last: string | undefined;
  for (const event of entriesOf(at(session, "events"))) {
    const signal = textAt(event, "signal");
    if (signal !== undefined) signals.add(signal);
    const url = textAt(event, "url");
    if (url === undefined) continue;
    // Most events of a page follow one another.
    if (url !== last) add(url);
    last = url;
  }
  return { paths: [...seen].slice(0, maxListEntries), count: seen.size, last, signals: [...signals] };
}
