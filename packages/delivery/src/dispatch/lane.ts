import type { DeliveryStore, DestinationState } from "@sessionhook/core";
import { type Clock, elapsedAt } from "../clock.js";
import type { ConfiguredDriver } from "../destination-options.js";
import { releaseProbe, reserveProbe } from "../policy/next-destination.js";
import type { ClaimBook } from "./claim-book.js";
import { ClassMix } from "./class-mix.js";
import type { DestinationStates } from "./destination-states.js";
import { concurrencyOf, gateOf } from "./gate.js";
import { leaseMs } from "./leases.js";
import { graceMs } from "./send-within.js";
import { type Item, Sends } from "./sends.js";
import { TokenBucket } from "./token-bucket.js";

const maxClaim = 100;
/** Minimum interval between two queries for the next due time. */
const askEveryMs = 20;

export interface LaneHost {
  readonly store: Pick<DeliveryStore, "nextDueAt">;
  readonly clock: Clock;
  readonly states: DestinationStates;
  readonly book: ClaimBook;
  /** Called when the lane has something to do before `checkAt`. */
  readonly poke: () => void;
}

/** Sends to one destination: claims within its limits, slightly more than its free slots, and runs its driver. */
export class Lane {
  /** Time of the next `pump`, of `clock.elapsed` as all times here except those of states: the time of day can be set. */
  checkAt = 0;
  readonly #configured: ConfiguredDriver;
  readonly #host: LaneHost;
  readonly #mix = new ClassMix();
  readonly #bucket: TokenBucket;
  readonly #queue: Item[] = [];
  readonly #sends: Sends;
  #askAt = 0;

  constructor(configured: ConfiguredDriver, host: LaneHost) {
    const { options } = configured;
    this.#configured = configured;
    this.#host = host;
    this.#bucket = new TokenBucket(options.rate, host.clock.elapsed());
    this.#sends = new Sends(configured, host.clock, (send) => {
      this.#mix.due.retry = Math.min(this.#mix.due.retry, host.book.ended(send, options));
      this.checkAt = 0;
      host.poke();
    });
  }

  /** Number of sends under way. */
  get running(): number {
    return this.#sends.count;
  }

  get idle(): boolean {
    return this.running === 0 && this.#queue.length === 0;
  }

  /** Lets the next `pump` run at once: `new` claims new deliveries, `any` asks the store which ones are due. */
  wake(kind: "new" | "any"): void {
    if (kind === "new") this.#mix.due.new = 0;
    this.#askAt = 0;
    this.checkAt = 0;
  }

  /** Gives back the claimed deliveries that were not sent. */
  giveBack(): void {
    for (const item of this.#queue.splice(0)) this.#host.book.giveBack(item);
  }

  /** Aborts the sends that are under way. */
  abort(): void {
    this.#sends.abort();
  }

  /** Claims one delivery and sends it while this process sends nothing else. Returns false if none can be sent now. */
  async sendAlone(): Promise<boolean> {
    const { states, clock, book } = this.#host;
    const { options } = this.#configured;
    const state = states.get(options.name);
    const now = clock.elapsed();
    if (state === undefined || this.#bucket.available(now) < 1) return false;
    const gate = gateOf(state, clock.now());
    if (gate.send === "nothing") return false;
    const claimOne = async () => book.claimAlone(options);
    if (gate.send === "probe") return this.#sendProbe(now, claimOne);
    const claim = await claimOne();
    if (claim === undefined) return false;
    this.#bucket.take(now);
    this.#sends.start([this.#hold(claim, false)]);
    return true;
  }

  /** Sends and claims as much as the limits allow, and sets `checkAt`. */
  async pump(): Promise<void> {
    this.checkAt = Infinity;
    const { states, clock } = this.#host;
    const { name, rate } = this.#configured.options;
    const state = states.get(name);
    if (state === undefined) return;
    const now = clock.elapsed();
    this.#bucket.setRate(rate === undefined ? undefined : rate * state.rateFactor, now);
    const gate = gateOf(state, clock.now());
    if (gate.send !== "all") {
      this.giveBack();
      if (gate.send === "probe") await this.#probe(now);
      else this.#checkBy(elapsedAt(clock, gate.until));
      return;
    }
    this.#send(state);
    await this.#claim(state);
    // The state can have changed during the claim; then the next `pump` uses it.
    if (states.get(name) === state) this.#send(state);
    else this.checkAt = 0;
  }

  #send(state: DestinationState): void {
    const { options, driver } = this.#configured;
    const limit = concurrencyOf(state, options.concurrency);
    const { maxBatch = 1, lingerMs = 0 } = driver;
    while (this.#queue.length > 0 && this.running < limit) {
      const now = this.#host.clock.elapsed();
      const lingers = (this.#queue[0] as Item).claimedAt + lingerMs;
      if (this.#queue.length < maxBatch && now < lingers) return this.#checkBy(lingers);
      if (this.#bucket.available(now) < 1) return this.#checkBy(this.#bucket.nextAt(now));
      const items = this.#queue.splice(0, maxBatch).filter(({ lost }) => !lost);
      if (items.length > 0 && this.#bucket.take(now)) this.#sends.start(items);
    }
  }

  async #claim(state: DestinationState): Promise<void> {
    const { clock, book } = this.#host;
    const now = clock.elapsed();
    const count = this.#room(state, now);
    if (count <= 0) return;
    if (this.#mix.nextDue > now) await this.#ask(now);
    if (this.#mix.nextDue > now) return;
    const { options } = this.#configured;
    const claims = await this.#mix.claim(count, now, (kind, limit) => book.claim(options, kind, limit));
    for (const claim of claims) this.#queue.push(this.#hold(claim, false));
    // If all slots are filled, the next claim follows the end of a send. Otherwise it waits for the next due time.
    if (claims.length < count) this.#checkBy(Math.max(now, Math.min(this.#mix.nextDue, this.#askAt)));
  }

  /** Returns how many to claim: up to two rounds at a time, so that a backlog costs one claim per round, not per send. */
  #room(state: DestinationState, now: number): number {
    const { options, driver } = this.#configured;
    const { maxBatch = 1 } = driver;
    const round = concurrencyOf(state, options.concurrency) * maxBatch;
    const waiting = this.#queue.length;
    if (waiting >= maxBatch && waiting * 4 >= round) return 0;
    const room = round * (state.ramp === null ? 2 : 1) - this.running * maxBatch - waiting;
    if (options.rate === undefined) return Math.min(room, maxClaim);
    const tokens = this.#bucket.available(now);
    if (tokens < 1) this.#checkBy(this.#bucket.nextAt(now));
    return Math.min(room, maxClaim, tokens * maxBatch - waiting);
  }

  /** Reads the next due time from the store, at most every 20 ms. */
  async #ask(now: number): Promise<void> {
    if (now < this.#askAt) return this.#checkBy(Math.min(this.#askAt, this.#mix.nextDue));
    this.#askAt = now + askEveryMs;
    const due = await this.#nextDueAt();
    if (due <= this.#host.clock.elapsed()) return this.#mix.mayBeDue(0);
    // A wake during the query may have set an earlier time.
    this.#mix.due.retry = Math.min(this.#mix.due.retry, due);
    this.#checkBy(due);
  }

  async #probe(now: number): Promise<void> {
    const { book, clock } = this.#host;
    const { options } = this.#configured;
    // The sends under way began before the destination failed; the end of one starts the next `pump`.
    if (this.running >= options.concurrency) return;
    if (this.#bucket.available(now) < 1) return this.#checkBy(this.#bucket.nextAt(now));
    const due = await this.#nextDueAt();
    // New deliveries are due whatever time is stored with them.
    if (Math.min(due, this.#mix.due.new) > clock.elapsed()) return this.#checkBy(due);
    const sent = await this.#sendProbe(now, async () => {
      this.#mix.mayBeDue(0);
      const [claim] = await this.#mix.claim(1, now, (kind, limit) => book.claim(options, kind, limit));
      return claim;
    });
    if (!sent) this.#checkBy(now + askEveryMs);
  }

  /** Reserves the probe, claims a delivery and sends it. Returns false if another process was faster, or there is none. */
  async #sendProbe(now: number, claimOne: () => Promise<Item["claim"] | undefined>): Promise<boolean> {
    const { states, clock } = this.#host;
    const { options } = this.#configured;
    const today = clock.now();
    const until = today + options.timeoutMs + graceMs + leaseMs;
    const reserved = await states.update(options.name, (state) =>
      gateOf(state, today).send === "probe" ? reserveProbe(state, until) : state,
    );
    if (!reserved) return false;
    const claim = await claimOne();
    if (claim === undefined) {
      await states.update(options.name, (state) => releaseProbe(state, until, today));
      return false;
    }
    this.#bucket.take(now);
    this.#sends.start([this.#hold(claim, true)]);
    return true;
  }

  async #nextDueAt(): Promise<number> {
    const { store, clock } = this.#host;
    const due = await store.nextDueAt([this.#configured.options.name]);
    return due === null ? Infinity : elapsedAt(clock, due);
  }

  #hold(claim: Item["claim"], probe: boolean): Item {
    const item: Item = { claim, claimedAt: this.#host.clock.elapsed(), probe, lost: false };
    this.#host.book.hold(item, () => this.#sends.abortLost());
    return item;
  }

  #checkBy(at: number): void {
    this.checkAt = Math.min(this.checkAt, at);
  }
}
