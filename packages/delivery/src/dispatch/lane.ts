import type { ClaimedDelivery, DestinationState, Outcome } from "@sessionhook/core";
import type { ConfiguredDriver } from "../destination-options.js";
import type { Clock } from "../clock.js";
import { reserveProbe } from "../policy/next-destination.js";
import { ClassMix } from "./class-mix.js";
import { concurrencyOf, gateOf } from "./gate.js";
import { leaseMs } from "./leases.js";
import { sendWithin } from "./send-within.js";
import { TokenBucket } from "./token-bucket.js";

/** Time that a driver has to return after its signal was aborted. */
const graceMs = 2000;
const maxClaim = 100;
/** The store is asked for the next due time at most this often. */
const askEveryMs = 20;

/** A lane's view of the dispatcher. */
export interface LaneHost {
  readonly clock: Clock;
  state(name: string): DestinationState | undefined;
  /** Reserves the probe in the store; false if another process was faster. */
  update(name: string, change: (state: DestinationState) => DestinationState): Promise<boolean>;
  claim(name: string, kind: "new" | "retry" | "replay", limit: number): Promise<readonly ClaimedDelivery[]>;
  nextDueAt(name: string): Promise<number | null>;
  hold(claim: ClaimedDelivery, onLost: () => void): void;
  /** Takes the outcome of an attempt; returns when the delivery is due again, if it is. */
  ended(lane: Lane, item: Item, outcome: Outcome, startedAt: number, durationMs: number): number | undefined;
  /** Gives a delivery back that was not sent. */
  giveBack(claim: ClaimedDelivery): void;
  abandoned(name: string): void;
  poke(): void;
}

export interface Item {
  readonly claim: ClaimedDelivery;
  readonly claimedAt: number;
  readonly probe: boolean;
  lost: boolean;
}

/** Sends to one destination: claims within its limits, a little ahead of its free slots, and runs its driver. */
export class Lane {
  readonly name: string;
  readonly driver: ConfiguredDriver;
  readonly mix = new ClassMix();
  /** When there may be something to do. */
  checkAt = 0;
  readonly #host: LaneHost;
  readonly #bucket: TokenBucket;
  readonly #queue: Item[] = [];
  readonly #sends = new Map<AbortController, readonly Item[]>();
  #askAt = 0;

  constructor(driver: ConfiguredDriver, host: LaneHost) {
    this.name = driver.options.name;
    this.driver = driver;
    this.#host = host;
    this.#bucket = new TokenBucket(driver.options.rate, host.clock.now());
  }

  /** Sends under way. */
  get running(): number {
    return this.#sends.size;
  }

  get idle(): boolean {
    return this.#sends.size === 0 && this.#queue.length === 0;
  }

  /** Looks for work now. */
  wake(kind: "new" | "any"): void {
    if (kind === "new") this.mix.due.new = 0;
    this.#askAt = 0;
    this.checkAt = 0;
  }

  /** Ends every send; with `false` only those that have not begun. */
  stop(running: boolean): void {
    this.giveBack();
    if (running) for (const controller of this.#sends.keys()) controller.abort();
  }

  giveBack(): void {
    for (const { claim, lost } of this.#queue.splice(0)) if (!lost) this.#host.giveBack(claim);
  }

  /** Sends and claims as much as the limits allow, and sets `checkAt`. */
  async pump(): Promise<void> {
    this.checkAt = Infinity;
    const state = this.#host.state(this.name);
    if (state === undefined) return;
    const now = this.#host.clock.now();
    const gate = gateOf(state, now);
    if (gate.send === "all") {
      const { rate } = this.driver.options;
      this.#bucket.setRate(rate === undefined ? undefined : rate * state.rateFactor, now);
      this.#send(state);
      await this.#claim(state);
      // The state can have changed during the claim; the next look decides with it.
      if (this.#host.state(this.name) === state) this.#send(state);
      else this.checkAt = 0;
      return;
    }
    this.giveBack();
    if (gate.send === "probe") await this.#probe(now);
    else this.#checkBy(gate.until);
  }

  #send(state: DestinationState): void {
    const limit = concurrencyOf(state, this.driver.options.concurrency);
    const { maxBatch = 1, lingerMs = 0 } = this.driver.driver;
    while (this.#queue.length > 0 && this.running < limit) {
      const now = this.#host.clock.now();
      const lingers = (this.#queue[0] as Item).claimedAt + lingerMs;
      if (this.#queue.length < maxBatch && now < lingers) return this.#checkBy(lingers);
      if (!this.#bucket.take(now)) return this.#checkBy(this.#bucket.nextAt(now));
      const items = this.#queue.splice(0, maxBatch).filter(({ lost }) => !lost);
      if (items.length > 0) void this.#run(items);
    }
  }

  async #claim(state: DestinationState): Promise<void> {
    const now = this.#host.clock.now();
    const count = this.#room(state, now);
    if (count <= 0) return;
    if (this.mix.nextDue > now) await this.#ask(now);
    if (this.mix.nextDue > now) return;
    const claims = await this.mix.claim(count, now, (kind, limit) =>
      this.#host.claim(this.name, kind, limit),
    );
    for (const claim of claims) this.#queue.push(this.#item(claim, false));
    // Full: more when a send has ended. Otherwise the store tells when the next one is due.
    if (claims.length < count) this.#checkBy(Math.max(now, Math.min(this.mix.nextDue, this.#askAt)));
  }

  /** Returns how many to claim. Up to two rounds at a time: then a backlog costs one claim for a round, not for a send. */
  #room(state: DestinationState, now: number): number {
    const { maxBatch = 1 } = this.driver.driver;
    const limit = concurrencyOf(state, this.driver.options.concurrency);
    const waiting = this.#queue.length;
    const round = limit * maxBatch;
    if (waiting > 0 && waiting * 2 >= round && waiting >= maxBatch) return 0;
    const rounds = state.ramp === null ? 2 : 1;
    let room = round * rounds - this.running * maxBatch - waiting;
    if (this.driver.options.rate !== undefined) {
      const tokens = this.#bucket.available(now);
      if (tokens < 1 && waiting === 0) this.#checkBy(this.#bucket.nextAt(now));
      room = Math.min(room, tokens * maxBatch - waiting);
    }
    return Math.min(room, maxClaim);
  }

  /** Asks the store when something is due. */
  async #ask(now: number): Promise<void> {
    if (now < this.#askAt) return this.#checkBy(Math.min(this.#askAt, this.mix.nextDue));
    this.#askAt = now + askEveryMs;
    const next = await this.#host.nextDueAt(this.name);
    const due = next ?? Infinity;
    if (due <= now) return this.mix.mayBeDue(0);
    // A wake during the question has set a time of its own.
    this.mix.due.retry = Math.min(this.mix.due.retry, due);
    this.#checkBy(due);
  }

  async #probe(now: number): Promise<void> {
    // Sends that began before the destination failed: the next one to end looks again.
    if (this.running >= this.driver.options.concurrency) return;
    const next = await this.#host.nextDueAt(this.name);
    if (next === null || next > now) return this.#checkBy(next ?? Infinity);
    const { timeoutMs } = this.driver.options;
    const until = now + timeoutMs + graceMs + leaseMs;
    const reserved = await this.#host.update(this.name, (state) =>
      gateOf(state, now).send === "probe" ? reserveProbe(state, until) : state,
    );
    if (!reserved) return this.#checkBy(now + askEveryMs);
    this.mix.mayBeDue(0);
    const [claim] = await this.mix.claim(1, now, (kind, limit) => this.#host.claim(this.name, kind, limit));
    if (claim === undefined) return this.#checkBy(until);
    void this.#run([this.#item(claim, true)]);
  }

  #item(claim: ClaimedDelivery, probe: boolean): Item {
    const item: Item = { claim, claimedAt: this.#host.clock.now(), probe, lost: false };
    this.#host.hold(claim, () => {
      item.lost = true;
      for (const [controller, items] of this.#sends)
        if (items.includes(item) && items.every(({ lost }) => lost)) controller.abort();
    });
    return item;
  }

  async #run(items: readonly Item[]): Promise<void> {
    const { clock } = this.#host;
    const controller = new AbortController();
    this.#sends.set(controller, items);
    const startedAt = clock.now();
    const sent = items.map(({ claim }) => ({
      deliveryId: claim.id,
      attempt: claim.attempts,
      replay: claim.replay,
      event: claim.event,
      facts: claim.facts,
    }));
    const { timeoutMs } = this.driver.options;
    const limits = { clock, timeoutMs, graceMs, signal: controller.signal };
    const { outcomes, abandoned } = await sendWithin(this.driver.driver, sent, limits);
    this.#sends.delete(controller);
    const durationMs = clock.now() - startedAt;
    if (abandoned) this.#host.abandoned(this.name);
    items.forEach((item, i) => {
      const dueAt = this.#host.ended(this, item, outcomes[i] as Outcome, startedAt, durationMs);
      if (dueAt !== undefined) this.mix.due.retry = Math.min(this.mix.due.retry, dueAt);
    });
    this.checkAt = 0;
    this.#host.poke();
  }

  #checkBy(at: number): void {
    this.checkAt = Math.min(this.checkAt, at);
  }
}
