import type { StoredEvent } from "@sessionhook/core";
import { pathPattern } from "@sessionhook/ingest";

/** Quarantined events that have an issue at one path. */
export interface IssueGroup {
  /** Path without positions in arrays; empty for the whole body. */
  readonly path: string;
  readonly events: number;
  /** Different messages, most frequent first, at most 3. */
  readonly messages: readonly { readonly text: string; readonly events: number }[];
  /** Newest events, at most 3. */
  readonly examples: readonly Example[];
  readonly newestAt: number;
}

export interface Example {
  readonly id: string;
  readonly version: number;
  readonly type: string | null;
  readonly receivedAt: number;
}

export interface IssueGroups {
  /** Most events first, at most 100. */
  readonly groups: readonly IssueGroup[];
  /** Number of further groups. */
  readonly more: number;
  /** Number of events that were read. */
  readonly events: number;
  /** False if events have more issues than the store lists: there may be more events at a path, and more paths. */
  readonly exact: boolean;
}

const maxGroups = 100;
const maxMessages = 3;
const maxExamples = 3;
/** Different paths that are counted; a path has any length, so that these are a bound of memory too. */
const maxPaths = 5000;

interface Collected {
  events: number;
  readonly messages: Map<string, number>;
  examples: Example[];
}

/** Groups events by the paths of their issues; an event counts once for each path. */
export async function groupIssues(pages: AsyncIterable<readonly StoredEvent[]>): Promise<IssueGroups> {
  const byPath = new Map<string, Collected>();
  let events = 0;
  let exact = true;
  for await (const page of pages) {
    for (const event of page) {
      events++;
      exact &&= event.issues.length === event.total && event.exact;
      const paths = new Map<string, string>();
      for (const { path, message } of event.issues) {
        const pattern = pathPattern(path);
        if (!paths.has(pattern)) paths.set(pattern, message);
      }
      for (const [path, message] of paths) {
        const known = byPath.get(path);
        if (known === undefined && byPath.size === maxPaths) {
          exact = false;
          continue;
        }
        const group = known ?? { events: 0, messages: new Map<string, number>(), examples: [] };
        byPath.set(path, group);
        group.events++;
        if (group.messages.size < 50 || group.messages.has(message))
          group.messages.set(message, (group.messages.get(message) ?? 0) + 1);
        const { id, version, type, receivedAt } = event;
        group.examples = [{ id, version, type, receivedAt }, ...group.examples].slice(0, maxExamples);
      }
    }
  }
  const sorted = [...byPath].toSorted(
    ([a, one], [b, other]) => other.events - one.events || (a < b ? -1 : a > b ? 1 : 0),
  );
  const groups = sorted.slice(0, maxGroups).map(([path, group]) => ({
    path,
    events: group.events,
    messages: [...group.messages]
      .map(([text, count]) => ({ text, events: count }))
      .toSorted((a, b) => b.events - a.events)
      .slice(0, maxMessages),
    examples: group.examples,
    newestAt: Math.max(...group.examples.map(({ receivedAt }) => receivedAt)),
  }));
  return { groups, more: sorted.length - groups.length, events, exact };
}
