import { CliError } from "../cli-error.js";
import { pause } from "../send/pacer.js";
import type { Shell } from "../shell.js";
import { type FeedEvent, keyOf } from "./feed-event.js";
import { type FeedOptions, readFeed } from "./read-feed.js";
import { RecentEvents } from "./recent-events.js";
import { knownAt, type Start } from "./start.js";

export interface Followed {
  readonly event: FeedEvent;
  /** The JSON text as the server wrote it. */
  readonly json: string;
}

const pollMs = 500;
const longestWaitMs = 5000;
/** Without the newest known event among so many, the log is another one. */
const maxHeld = 100_000;

/**
 * Yields each event once, in the order of the event log, until interrupted. After the first answer it waits for a server
 * that cannot be reached. If the server then has another log, it reads that log from its start: events are held until the newest
 * known one shows that it is the same.
 */
export async function* follow(shell: Shell, options: FeedOptions, start: Start): AsyncGenerator<Followed> {
  const recent = new RecentEvents(start.after);
  const known = new Set(knownAt(start));
  let since = start.since ?? Number.NEGATIVE_INFINITY;
  let first = true;
  const read = retrying(shell, (after) => readFeed(shell, options, after));
  while (!shell.interrupted.aborted) {
    let { anchor } = recent;
    if (first) [anchor] = known;
    let at = recent.base;
    let end = false;
    recent.beginRound();
    let held: Followed[] = [];
    while (!end && held.length < maxHeld) {
      const page = await read(at, first);
      if (page === undefined) return;
      if (page === "other") break;
      first = false;
      held.push(...page.events);
      if (held.some(({ event }) => keyOf(event) === anchor)) anchor = undefined;
      if (anchor === undefined) {
        for (const { event, json } of held) {
          const key = keyOf(event);
          const fresh = recent.add(key, event.position, shell.now(), page.settleMs);
          if (fresh && !known.has(key) && event.receivedAt >= since) yield { event, json };
        }
        held = [];
      }
      at = page.position;
      ({ end } = page);
    }
    if (!end || anchor !== undefined) {
      since = start.since ?? start.newest?.receivedAt ?? Number.NEGATIVE_INFINITY;
      recent.restart("");
    } else if (!(await pause(pollMs, shell.interrupted))) return;
  }
}

/**
 * Reads until it succeeds. Returns undefined when interrupted, and `other` if the store does not know the position.
 * @throws CliError for a failure of the first read, and for one that waiting does not fix
 */
function retrying<T>(shell: Shell, read: (after: string) => Promise<T>) {
  return async (after: string, first: boolean): Promise<T | "other" | undefined> => {
    for (let wait = pollMs; ; wait = Math.min(longestWaitMs, wait * 2)) {
      try {
        const page = await read(after);
        if (wait > pollMs) shell.stderr.write("the server answers again\n");
        return page;
      } catch (error) {
        if (shell.interrupted.aborted) return undefined;
        if (!(error instanceof CliError) || first) throw error;
        if (error.code === "invalid_query") return "other";
        if (!error.temporary) throw error;
        if (wait === pollMs) shell.stderr.write(`${error.message}; waiting for it\n`);
        if (!(await pause(wait, shell.interrupted))) return undefined;
      }
    }
  };
}
