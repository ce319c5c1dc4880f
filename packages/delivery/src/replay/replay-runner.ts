import type { Replay } from "@sessionhook/core";
import { maxPageSize } from "@sessionhook/core/limits";
import type { Clock } from "../clock.js";
import { FilterError } from "../filter/filter-error.js";
import { log } from "../log.js";
import { heldAt } from "../policy/hold.js";
import { nextMatches, type ReplayContext } from "./next-matches.js";

/** Deliveries are created only this long before they are due, so that cancelling a replay deletes few. */
const aheadMs = 500;
/** Interval at which running replays are read. */
const pollMs = 1000;
const leastRate = 0.001;

/**
 * Creates the deliveries of running replays at their rate. Every step stores the position, so that another process can
 * continue after a crash. A cancelled replay creates no further deliveries.
 */
export class ReplayRunner {
  readonly #context: ReplayContext;
  readonly #clock: Clock;
  /** Due time of the next delivery of each replay, by id; of `clock.elapsed`, because the time of day can be set. */
  readonly #nextDueAt = new Map<string, number>();
  /** Ids of the replays that wait for a destination. */
  readonly #waiting = new Set<string>();

  constructor(context: ReplayContext, clock: Clock) {
    this.#context = context;
    this.#clock = clock;
  }

  /** Runs one step of every running replay that is due; returns the time of the next turn, of `clock.elapsed`. */
  async turn(): Promise<number> {
    const running = await this.#running();
    const known = running.filter((replay) => !this.#waits(replay));
    const ids = new Set(running.map(({ id }) => id));
    for (const id of this.#nextDueAt.keys()) if (!ids.has(id)) this.#nextDueAt.delete(id);
    for (const id of this.#waiting) if (!ids.has(id)) this.#waiting.delete(id);
    let next = this.#clock.elapsed() + pollMs;
    for (const replay of known) next = Math.min(next, await this.#step(replay));
    return next;
  }

  /** Returns every running replay, oldest first. */
  async #running(): Promise<readonly Replay[]> {
    const running: Replay[] = [];
    for (let cursor: string | undefined, end = false; !end;) {
      const page = await this.#context.store.replays({ state: "running", limit: maxPageSize, cursor });
      running.push(...page.replays);
      cursor = page.nextCursor ?? undefined;
      end = cursor === undefined;
    }
    return running.toReversed();
  }

  /** Returns whether a replay names a destination that this process does not know; logs each replay once. */
  #waits({ id, spec }: Replay): boolean {
    const destination = spec.destinations.find((name) => !this.#context.selections.has(name));
    if (destination === undefined) return false;
    const message = "Replay {id} waits: configure its destination {destination}, or cancel the replay";
    if (!this.#waiting.has(id)) log.warning(message, { id, destination });
    this.#waiting.add(id);
    return true;
  }

  async #step(replay: Replay): Promise<number> {
    const { store } = this.#context;
    const { id, spec, position } = replay;
    const now = this.#clock.now();
    const elapsed = this.#clock.elapsed();
    const dueAt = Math.max(elapsed, this.#nextDueAt.get(id) ?? elapsed);
    if (dueAt - elapsed > aheadMs) return dueAt - aheadMs;
    const rate = Math.max(leastRate, spec.rate);
    const want = Math.max(1, Math.floor((rate * aheadMs) / 1000));
    try {
      const found = await nextMatches(this.#context, spec, replay, want);
      const held = await this.#heldMs();
      const deliveries = found.matches.map(({ event, facts, destination, cooldown }, i) => ({
        eventId: event.id,
        facts,
        planned: {
          destination,
          state: "waiting" as const,
          reason: null,
          dueAt: Math.round(now + dueAt - elapsed + (i * 1000) / rate),
          cooldown,
          heldMs: held.get(destination) ?? 0,
        },
      }));
      const step = { id, from: position, to: found.position, done: found.done, deliveries, now };
      // False: another process was faster, or the replay was cancelled. The next turn reads its state.
      if (!(await store.planReplay(step))) return elapsed + 1;
      const after = dueAt + (deliveries.length * 1000) / rate;
      this.#nextDueAt.set(id, after);
      return found.done ? Infinity : Math.max(elapsed + 1, after - aheadMs);
    } catch (error) {
      if (!FilterError.isInstance(error)) throw error;
      log.error("Replay {id} is cancelled: its expression is not valid", { id });
      await store.cancelReplay(id, now);
      return Infinity;
    }
  }

  async #heldMs(): Promise<ReadonlyMap<string, number>> {
    const now = this.#clock.now();
    const rows = await this.#context.store.destinations();
    return new Map(rows.map(({ name, state }) => [name, heldAt(state, now)]));
  }
}
