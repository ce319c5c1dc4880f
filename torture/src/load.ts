import { Agent } from "node:http";
import { sign } from "@sessionhook/core";
import { secret } from "./apps.ts";
import { type Answer, ask } from "./http.ts";
import type { Ledger } from "./ledger.ts";
import type { SignedMessage } from "./traffic.ts";
import { pause } from "./wait.ts";

export interface LoadOptions {
  /** Where to send now; undefined while the app is down. Asked before each request. */
  readonly origin: () => string | undefined;
  readonly ledger: Ledger;
  readonly next: () => SignedMessage;
  readonly senders: number;
  /** How long a sender waits for an answer before it tries again, in milliseconds. Default 5 s. */
  readonly timeoutMs?: number;
  /** The sender's clock in Unix milliseconds. */
  readonly now?: () => number;
  /** What the messages are signed with. Default: the secret every app here is configured with. */
  readonly secret?: string;
  /** How long a sender rests between two messages, in milliseconds. Default 0. */
  readonly restMs?: number;
  /** Statuses that may refuse these messages besides a proper 503, such as 401 where clocks differ. */
  readonly refusals?: readonly number[];
}

/**
 * Senders as the provider's: each sends one event again and again, newly signed, until it is acknowledged,
 * then the next. So every event under way when something breaks comes again afterwards.
 */
export class Load {
  readonly #options: LoadOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #running: Promise<void>[];
  #stopped = false;
  /** While true nobody begins a new attempt. */
  paused = false;
  /** How many answers of each status; 0 counts requests without an answer. */
  readonly statuses = new Map<number, number>();
  /** Milliseconds from the first attempt at a message to its acknowledgement, of each that is acknowledged. */
  readonly #waited: number[] = [];
  /** When the messages under way were first attempted, by id. */
  readonly #waiting = new Map<string, number>();
  /** Answers that break the contract: a genuine message is taken, or refused by a 503 that says when to come again. */
  readonly improper: string[] = [];

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#running = Array.from({ length: options.senders }, () => this.#send());
  }

  get senders(): number {
    return this.#running.length;
  }

  get acknowledgements(): number {
    return this.#waited.length;
  }

  /** What each message has waited, in milliseconds, from its first attempt on; those that still wait come last. */
  get waits(): readonly number[] {
    const now = performance.now();
    return [...this.#waited, ...Array.from(this.#waiting.values(), (since) => now - since)];
  }

  count(status: number): number {
    return this.statuses.get(status) ?? 0;
  }

  /** Resolves when `count` more events are acknowledged; throws after `ms`, which is for what hangs. */
  async acknowledges(count: number, ms = 180_000): Promise<void> {
    const target = this.acknowledgements + count;
    const deadline = performance.now() + ms;
    while (this.acknowledgements < target) {
      if (performance.now() > deadline)
        throw new Error(`only ${this.acknowledgements - target + count} of ${count} in ${ms} ms`);
      await pause(5);
    }
  }

  /** Lets requests under way end, and sends no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
    this.#agent.destroy();
  }

  async #send(): Promise<void> {
    const { ledger, next, restMs = 0 } = this.#options;
    while (!this.#stopped) {
      const message = next();
      ledger.send(message.id, message.body);
      while (!this.#stopped && !(await this.#attempt(message))) await pause(20);
      if (restMs > 0) await pause(restMs);
    }
  }

  async #attempt({ id, body }: SignedMessage): Promise<boolean> {
    const { origin, ledger, timeoutMs = 5000, now = Date.now, refusals = [] } = this.#options;
    const signWith = this.#options.secret ?? secret;
    const to = origin();
    if (to === undefined || this.paused) return false;
    const headers = { ...sign(body, { id, secret: signWith, timestamp: Math.floor(now() / 1000) }) };
    const begun = performance.now();
    if (!this.#waiting.has(id)) this.#waiting.set(id, begun);
    const answer = await ask(`${to}/webhooks`, {
      method: "POST",
      headers,
      body,
      timeoutMs,
      agent: this.#agent,
    }).catch(() => undefined);
    const status = answer?.status ?? 0;
    this.statuses.set(status, this.count(status) + 1);
    if (status >= 200 && status <= 299) {
      ledger.acknowledge(id, begun);
      this.#waited.push(performance.now() - (this.#waiting.get(id) ?? 0));
      this.#waiting.delete(id);
      return true;
    }
    const fine = answer === undefined || properRefusal(answer) || refusals.includes(status);
    if (!fine && this.improper.length < 5) this.improper.push(`${status} ${answer.text.slice(0, 120)}`);
    return false;
  }
}

/** A refusal a sender can act on: nothing was kept, and when to come again. */
export function properRefusal({ status, headers, text }: Answer): boolean {
  return (
    status === 503 &&
    Number(headers["retry-after"]) > 0 &&
    /"code":"(?:store_unavailable|overloaded)"/.test(text)
  );
}
