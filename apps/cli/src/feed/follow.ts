import { CliError } from "../cli-error.js";
import { pause } from "../send/pacer.js";
import type { Shell } from "../shell.js";
import { untilAnswered } from "../until-answered.js";
import type { FeedEvent } from "./feed-event.js";
import { type FeedOptions, type FeedPage, readFeed } from "./read-feed.js";
import { RecentEvents } from "./recent-events.js";
import type { Start } from "./start.js";

export interface Followed {
  readonly event: FeedEvent;
  /** The JSON text as the server wrote it. */
  readonly json: string;
}

/** The place from which a round reads. */
type Place = "newest event" | "first known event" | "start of the log";

const pollMs = 500;
/** A time of receipt before that of every event. */
const never = Number.NEGATIVE_INFINITY;
/** Without a known event among so many, the log is another one. */
const maxHeld = 100_000;

/**
 * Yields each event once, in the order of the event log, until interrupted. After the first answer it waits for a server
 * that cannot be reached. Events are held until a known one shows that the log is the same. If the newest known event is missing,
 * it reads again from the first known one on. If that and all others are missing too, the log can be another one: it reads that
 * from its start, and yields the events that were received later than those that are known.
 */
export async function* follow(shell: Shell, options: FeedOptions, start: Start): AsyncGenerator<Followed> {
  const recent = new RecentEvents(start, shell.now());
  const read = reader(shell, options);
  let newest = never;
  let place: Place = "newest event";
  while (!shell.interrupted.aborted) {
    const whole = place === "start of the log";
    const since = Math.max(start.since ?? never, whole ? (start.newest?.receivedAt ?? never) : never);
    const after = whole ? newest : never;
    let same = place === "newest event" ? !recent.readsAgain : whole;
    let at = recent.base;
    let end = false;
    recent.beginRound();
    let held: Followed[] = [];
    while (!end && held.length < maxHeld) {
      const page = await read(at);
      if (page === undefined) return;
      if (page === "other log") break;
      held.push(...page.events);
      same ||= page.events.some(({ event }) => recent.has(event));
      if (same) {
        for (const { event, json } of held) {
          const fresh = recent.add(event, shell.now(), page.settleMs);
          const { receivedAt } = event;
          if (!fresh || receivedAt < since || receivedAt <= after) continue;
          newest = Math.max(newest, receivedAt);
          yield { event, json };
        }
        held = [];
      }
      at = page.position;
      ({ end } = page);
    }
    if (end && same) place = "newest event";
    else {
      place = place === "newest event" ? "first known event" : "start of the log";
      recent.restart(place);
    }
    if (!(await pause(pollMs, shell.interrupted))) return;
  }
}

/** Returns a function that reads a page: undefined when interrupted, `other log` if the store does not know the position. */
function reader(shell: Shell, options: FeedOptions) {
  let first = true;
  return async (after: string): Promise<FeedPage | "other log" | undefined> => {
    const call = () => readFeed(shell, options, after);
    try {
      // A failure of the first read ends the command: the address or the token is wrong.
      const page = first ? await call() : await untilAnswered(shell, call);
      first = false;
      return page;
    } catch (error) {
      if (shell.interrupted.aborted) return undefined;
      if (!first && error instanceof CliError && error.code === "invalid_query") return "other log";
      throw error;
    }
  };
}
