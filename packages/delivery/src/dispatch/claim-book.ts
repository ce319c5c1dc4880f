import type {
  ClaimedDelivery,
  DeliveryClass,
  DeliveryStore,
  DestinationState,
  EndedAttempt,
  Outcome,
  Settlement,
  SettleResult,
} from "@sessionhook/core";
import { type Clock, elapsedAt } from "../clock.js";
import type { DestinationOptions } from "../destination-options.js";
import { heldAt } from "../policy/hold.js";
import { observe } from "../policy/next-destination.js";
import type { ClockWatch } from "./clock-watch.js";
import type { DestinationStates } from "./destination-states.js";
import { Leases, leaseMs } from "./leases.js";
import type { EndedSend, Item } from "./sends.js";
import { SettleQueue } from "./settle-queue.js";
import {
  endedAlone,
  givenBack,
  givenUp,
  isExpired,
  isSuspected,
  markedAlone,
  settlementOf,
} from "./settlements.js";
import type { Solitude } from "./solitude.js";

export interface DispatchHooks {
  /** Called with every attempt that has ended. */
  readonly onAttempt?: (attempt: EndedAttempt) => void;
  /** Called when a driver did not return in time; its slot is used again. */
  readonly onAbandoned?: (destination: string) => void;
  /** Called when a delivery belonged to another process before its attempt was settled. */
  readonly onLeaseLost?: (destination: string) => void;
}

export interface ClaimBookOptions {
  readonly store: DeliveryStore;
  readonly states: DestinationStates;
  readonly owner: string;
  readonly clock: Clock;
  readonly watch: ClockWatch;
  readonly solitude: Solitude;
  readonly random: () => number;
  readonly hooks: DispatchHooks;
  readonly onSettled: () => void;
}

/**
 * New deliveries are due at once and never leased. They are claimed as if it were a year later: those that were stored before
 * the time of day was set back have a due time in the future.
 */
const newAheadMs = 366 * 24 * 60 * 60 * 1000;

/** Claims in succession that find only deliveries to give up, before other work has its turn. */
const mostClaims = 100;

/** Claims deliveries, extends their leases, and settles them with the outcomes of their attempts. */
export class ClaimBook {
  /** Number of attempts that have ended. */
  attempts = 0;
  readonly leases: Leases;
  readonly settlements: SettleQueue;
  readonly #options: ClaimBookOptions;

  constructor(options: ClaimBookOptions) {
    const { store, owner, clock } = options;
    this.#options = options;
    this.leases = new Leases(store, owner, clock);
    this.settlements = new SettleQueue({
      store,
      clock,
      onSettled: (settlements, results) => this.#settled(settlements, results),
    });
  }

  /**
   * Claims due deliveries. Gives up those that are too old, gives back those that may crash the processes that send them,
   * and returns the others.
   */
  async claim(
    options: DestinationOptions,
    kind: DeliveryClass,
    limit: number,
  ): Promise<readonly ClaimedDelivery[]> {
    for (let round = 1; ; round++) {
      const claims = await this.#claimOnce(options, kind, limit);
      const sent = claims.filter(
        (claim) => !this.#givesBack(claim, options) && !this.#givesUp(claim, options),
      );
      // A probe takes one: behind those of a long outage there are newer ones.
      if (sent.length > 0 || claims.length < limit || round === mostClaims) return sent;
      if (this.#options.solitude.wanted !== undefined) return sent;
    }
  }

  /**
   * Claims one delivery while this process sends nothing else. Gives up one whose last such send ended the process;
   * otherwise records that it is sent alone.
   */
  async claimAlone(options: DestinationOptions): Promise<ClaimedDelivery | undefined> {
    const { store } = this.#options;
    for (const kind of ["retry", "replay", "new"] as const) {
      const [claim] = await this.#claimOnce(options, kind, 1);
      if (claim === undefined) continue;
      if (!isSuspected(claim, options.retry)) return this.#givesUp(claim, options) ? undefined : claim;
      if (!endedAlone(claim)) {
        const [result] = await store.settle([markedAlone(claim, this.#settler)]);
        return result === "settled" ? claim : undefined;
      }
      this.settlements.add(givenUp(claim, "lease_ended", this.#settler));
      return undefined;
    }
    return undefined;
  }

  async #claimOnce(
    { name }: DestinationOptions,
    kind: DeliveryClass,
    limit: number,
  ): Promise<readonly ClaimedDelivery[]> {
    const { store, owner, clock, watch } = this.#options;
    const ahead = kind === "new" ? newAheadMs : 0;
    const now = clock.now() + ahead;
    // The leases of this process may have ended by the new time of day: they are extended first.
    if (watch.shift() !== 0) return [];
    const query = { destination: name, class: kind, limit, owner, now, leaseMs: leaseMs - ahead };
    return store.claim(query);
  }

  #givesBack(claim: ClaimedDelivery, { name, retry }: DestinationOptions): boolean {
    if (!isSuspected(claim, retry)) return false;
    const wait = this.#options.solitude.request(name);
    this.settlements.add(givenBack(claim, this.#settler, wait));
    return true;
  }

  #givesUp(claim: ClaimedDelivery, { retry }: DestinationOptions): boolean {
    const now = this.#options.clock.now();
    const state = this.#options.states.get(claim.destination);
    if (!isExpired(claim, retry, state === undefined ? 0 : heldAt(state, now), now)) return false;
    this.settlements.add(givenUp(claim, "expired", this.#settler));
    return true;
  }

  /** Extends the lease of a claimed delivery until it is settled; `onLost` is called if another process gets it. */
  hold(item: Item, onLost: () => void): void {
    const { hooks } = this.#options;
    this.leases.hold(item.claim, () => {
      item.lost = true;
      hooks.onLeaseLost?.(item.claim.destination);
      onLost();
    });
  }

  /** Gives a delivery back that was not sent. */
  giveBack({ claim, lost }: Item): void {
    if (!lost) this.settlements.add(givenBack(claim, this.#settler));
  }

  /** Settles the attempts of a send; returns the time of `clock.elapsed` at which the first of them is due again, or infinity. */
  ended(send: EndedSend, options: DestinationOptions): number {
    const { clock, hooks } = this.#options;
    const { items, outcomes, abandoned, durationMs } = send;
    if (abandoned) hooks.onAbandoned?.(options.name);
    this.#observe(send, options);
    let next = Infinity;
    items.forEach((item, i) => {
      const outcome = outcomes[i] as Outcome;
      this.attempts++;
      hooks.onAttempt?.({ destination: options.name, outcome: outcome.outcome, durationMs });
      if (item.lost) return;
      const settlement = this.#settlementOf(item, outcome, send, options);
      this.settlements.add(settlement);
      if (settlement.next.state === "waiting") next = Math.min(next, settlement.next.dueAt);
    });
    return elapsedAt(clock, next);
  }

  get #settler() {
    const { owner, clock, random } = this.#options;
    return { owner, now: clock.now, random };
  }

  /** Observes each outcome once for a call of the driver: a batch that fails is one failure, whatever its size. */
  #observe({ items, outcomes }: EndedSend, { name, concurrency }: DestinationOptions): void {
    const now = this.#options.clock.now();
    const probe = items.some((item) => item.probe);
    for (const outcome of distinct(outcomes))
      this.#options.states.apply(name, (state) => observe(state, { outcome, probe, concurrency }, now));
  }

  #settlementOf(
    { claim, probe }: Item,
    outcome: Outcome,
    { startedAt, durationMs }: EndedSend,
    { name, retry }: DestinationOptions,
  ): Settlement {
    const { states, clock } = this.#options;
    const heldMs = heldAt(states.get(name) as DestinationState, clock.now());
    const ended = { claim, outcome, probe, startedAt, durationMs, heldMs };
    return settlementOf(ended, retry, this.#settler);
  }

  #settled(settlements: readonly Settlement[], results: readonly SettleResult[]): void {
    settlements.forEach(({ id, attempt }, i) => {
      const destination = this.leases.release(id, attempt);
      if (results[i] === "lease_lost" && destination !== undefined)
        this.#options.hooks.onLeaseLost?.(destination);
    });
    this.#options.onSettled();
  }
}

/** Returns the outcomes that have different effects on the state of a destination; the reasons have none. */
function distinct(outcomes: readonly Outcome[]): Iterable<Outcome> {
  const found = new Map<string, Outcome>();
  for (const outcome of outcomes) {
    const { used, until } = { used: undefined, until: undefined, ...outcome };
    const key = `${outcome.outcome} ${used} ${until}`;
    if (!found.has(key)) found.set(key, outcome);
  }
  return found.values();
}
