import type { Events } from "./events.ts";
import { span } from "./events.ts";
import { timeText } from "./ids.ts";

/** What is read, and how. */
export interface Read {
  readonly name: string;
  /** Path and query of the `i`-th sample. */
  readonly path: (i: number) => string;
  /** Whether an answer is the one meant: what finds nothing where there is something is fast for nothing. */
  readonly expect: (body: string) => boolean;
}

/** Every read that is measured on a store of these events, in which `newest` is the cursor of the second page. */
export function readsOf(events: Events, newest: string): Read[] {
  const rows = Number(/^before-(\d+)$/.exec(newest)?.[1]);
  const one = (i: number) => events.idOf(spreadOver(events.count, i));
  const deep = (i: number) => `before-${Math.max(60, spreadOver(rows, i))}`;
  const old = beginningOf(events, Math.floor(events.count / 10), events.count / 20);
  const few = (i: number) => beginningOf(events, spreadOver(events.count, i), 20);
  const list = (query: string) => () => `/api/events?${query}`;
  const read = (name: string, path: Read["path"], expect: Read["expect"]): Read => ({ name, path, expect });
  return [
    read("first page", list("limit=50"), full),
    read("a page anywhere, by cursor", (i) => `/api/events?limit=50&cursor=${deep(i)}`, full),
    read("page of 500", list("limit=500"), full),
    read("by status: accepted", list("status=accepted"), full),
    read("by status: 1 of 200", list("status=quarantined"), some),
    read("by status: only among the oldest", list("status=unrecognized"), some),
    read("by type: 1 of 5000", list("type=identity.validated"), some),
    read("by type and status", list("type=identity.session.finalized&status=quarantined"), any),
    read("by type and status, none", list("type=identity.validated&status=unrecognized"), none),
    read("search: a whole id", (i) => `/api/events?q=${one(i)}`, some),
    read("search: begins like a few", (i) => `/api/events?q=${few(i)}`, some),
    read("search: begins like all (`evt_`)", list("q=evt_"), full),
    read("search: begins like none", list("q=msg_0"), none),
    read("search: begins like many old ones", list(`q=${old}`), full),
    read("the same, with a status", list(`q=${old}&status=quarantined`), some),
    read("the same, with a status none has", list(`q=${old}&status=unrecognized&type=a.b`), none),
    read(
      "one event",
      (i) => `/api/events/${one(i)}`,
      (body) => body.includes('"payload":'),
    ),
    read(
      "its bytes",
      (i) => `/api/events/${one(i)}/raw`,
      (body) => body.length > 0,
    ),
    read(
      "statistics",
      () => "/api/stats",
      (body) => body.includes('"duplicates":'),
    ),
    read(
      "inbox: list",
      () => "/",
      (body) => body.includes("Older"),
    ),
    read(
      "inbox: list, only among the oldest",
      () => "/?status=unrecognized",
      (body) => body.includes("evt_"),
    ),
    read(
      "inbox: search, many old ones",
      () => `/?q=${old}`,
      (body) => body.includes("Older"),
    ),
    read(
      "inbox: one event",
      (i) => `/events/${one(i)}`,
      (body) => body.includes("evt_"),
    ),
  ];
}

const any = (body: string) => body.startsWith('{"events":[');
const none = (body: string) => body.startsWith('{"events":[]');
const some = (body: string) => any(body) && !none(body);
const full = (body: string) => some(body) && !body.includes('"nextCursor":null');

/** A number below `count`, another one for each `i`, all over the range. */
function spreadOver(count: number, i: number): number {
  return Math.floor(((i * 0.618_033_988_75) % 1) * count);
}

/** The longest beginning of the id of an event that at least `least` events have (all within a time of 32^n ms). */
function beginningOf(events: Events, number: number, least: number): string {
  const wanted = (least * span) / events.count;
  let characters = 10;
  while (characters > 1 && 32 ** (10 - characters) < wanted) characters--;
  return `evt_${timeText(events.timeOf(number)).slice(0, characters)}`;
}
