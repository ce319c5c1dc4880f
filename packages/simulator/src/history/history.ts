import { Random } from "../random.js";
import { longestVisit } from "../sessions.js";
import { eventsOf, type HistoryEvent, maxDelay } from "./events.js";
import { liveSessions } from "./live.js";
import { type Plan, planVisits } from "./plan.js";
import { day } from "./rhythm.js";
import { World } from "./world.js";

export interface HistoryOptions {
  /** Any finite number. The same options generate the same events, byte for byte. */
  readonly seed: number;
  /** The end of the history in Unix milliseconds: every event is received before it. */
  readonly now: number;
  /** Length of the history, 1 to 400. Default 14. */
  readonly days?: number;
  /** Number of sessions, 1 to 1,000,000. Default 2,000. */
  readonly sessions?: number;
}

/** The history of a website. Each iteration generates it from the start. */
export interface History extends Iterable<HistoryEvent> {
  /** Generates a session that is finalized at `now`, in Unix milliseconds, of a visitor of the history or a new one. */
  live(now: number): HistoryEvent;
}

/**
 * Creates the history of one website, oldest event first: visitors who return, anonymous at first and identified later,
 * campaigns whose launches are spikes, the rhythm of days and weeks, crawlers, corporate proxies, people with a private
 * address only, and from 100 sessions and a week on the people of one company, Halden Robotics, who return until one of them books a
 * demo. Every session has its `identity.session.finalized`; a few have events of other types, some of which are invalid or
 * of an unknown type.
 * @throws RangeError for an option that is out of its range
 *
 * @example
 * ```ts
 * import { createHistory } from "@sessionhook/simulator";
 *
 * const [first] = createHistory({ seed: 7, now: Date.now(), days: 14, sessions: 500 });
 * first?.type.startsWith("identity."); // => true
 * ```
 */
export function createHistory({ seed, now, days = 14, sessions = 2000 }: HistoryOptions): History {
  if (!Number.isFinite(seed)) throw new RangeError("The seed must be a finite number");
  if (!Number.isFinite(now) || Math.abs(now) > 8e15)
    throw new RangeError("now must be a time in Unix milliseconds");
  if (!Number.isFinite(days) || days < 1 || days > 400) throw new RangeError("days must be from 1 to 400");
  if (!Number.isInteger(sessions) || sessions < 1 || sessions > 1_000_000)
    throw new RangeError("sessions must be an integer from 1 to 1000000");
  const end = Math.floor(now);
  const key = `history/${seed}/${end}/${days}/${sessions}`;
  const range = { from: end - days * day, to: end - longestVisit - maxDelay };
  const companies = Math.min(20_000, Math.max(12, Math.round(sessions / 14)));
  const plan = (): Plan => {
    const world = new World(key, end, companies);
    return { world, visits: planVisits(world, key, range, sessions) };
  };
  return { [Symbol.iterator]: () => generate(key, plan()), live: liveSessions(key, plan) };
}

function* generate(key: string, { world, visits }: Plan): Generator<HistoryEvent> {
  // Events of a session arrive after its start: what is due before the start of the next one is complete.
  let due: HistoryEvent[] = [];
  for (const [index, visit] of visits.entries()) {
    const upTo = due.filter(({ receivedAt }) => receivedAt < visit.start).toSorted(byArrival);
    yield* upTo;
    if (upTo.length > 0) due = due.filter(({ receivedAt }) => receivedAt >= visit.start);
    due.push(...eventsOf(new Random(`${key}/session/${index}`), world, visit));
  }
  yield* due.toSorted(byArrival);
}

const byArrival = (a: HistoryEvent, b: HistoryEvent) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1);
