import type { Events } from "./events.ts";
import { span } from "./events.ts";
import { timeText } from "./ids.ts";

/** One kind of read. */
export interface Read {
  readonly name: string;
  /** Returns path and query of the `i`-th sample. */
  readonly path: (i: number) => string;
  /** Returns true for the expected response: a read that wrongly finds nothing would be fast. */
  readonly expect: (body: string) => boolean;
}

/** Returns every read to measure on a store of these events; `newest` is the cursor of its second page. */
export function readsOf(events: Events, newest: string): Read[] {
  const rows = Number(/^events-before-(\d+)$/.exec(newest)?.[1]);
  const one = (i: number) => events.idOf(spreadOver(events.count, i));
  const deep = (i: number) => `events-before-${Math.max(60, spreadOver(rows, i))}`;
  const old = beginningOf(events, Math.floor(events.count / 10), events.count / 20);
  const few = (i: number) => beginningOf(events, spreadOver(events.count, i), 20);
  const list = (query: string) => () => `/api/events?${query}`;
  const read = (name: string, path: Read["path"], expect: Read["expect"]): Read => ({ name, path, expect });
  return [
    read("first page", list("limit=50"), full),
    read("random page, by cursor", (i) => `/api/events?limit=50&cursor=${deep(i)}`, full),
    read("page of 500", list("limit=500"), full),
    read("by status: accepted", list("status=accepted"), full),
    read("by status: 1 of 200", list("status=quarantined"), some),
    read("by status: only old events", list("status=unrecognized"), some),
    read("by type: 1 of 5000", list("type=identity.validated"), some),
    read("by type and status", list("type=identity.session.finalized&status=quarantined"), any),
    read("by type and status: no match", list("type=identity.validated&status=unrecognized"), none),
    read("search: whole id", (i) => `/api/events?q=${one(i)}`, some),
    read("search: prefix of a few", (i) => `/api/events?q=${few(i)}`, some),
    read("search: prefix of all (`evt_`)", list("q=evt_"), full),
    read("search: prefix of none", list("q=msg_0"), none),
    read("search: prefix of many old events", list(`q=${old}`), full),
    read("the same, by status", list(`q=${old}&status=quarantined`), some),
    read("the same, by status: no match", list(`q=${old}&status=unrecognized&type=a.b`), none),
    read(
      "one event",
      (i) => `/api/events/${one(i)}`,
      (body) => body.includes('"payload":'),
    ),
    read(
      "one event: raw body",
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
      "inbox: list, only old events",
      () => "/?status=unrecognized",
      (body) => body.includes("evt_"),
    ),
    read(
      "inbox: search, many old events",
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

/** Returns a number below `count`; successive `i` are spread over the whole range. */
function spreadOver(count: number, i: number): number {
  return Math.floor(((i * 0.618_033_988_75) % 1) * count);
}

/** Returns the longest prefix of an event's id that at least `least` events share (all events within 32^n ms). */
function beginningOf(events: Events, number: number, least: number): string {
  const wanted = (least * span) / events.count;
  let characters = 10;
  while (characters > 1 && 32 ** (10 - characters) < wanted) characters--;
  return `evt_${timeText(events.timeOf(number)).slice(0, characters)}`;
}
