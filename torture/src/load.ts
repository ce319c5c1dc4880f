import { Agent } from "node:http";
import { sign } from "@sessionhook/core";
import { secret } from "./apps.ts";
import { type Answer, ask } from "./http.ts";
import type { Ledger } from "./ledger.ts";
import type { SignedMessage } from "./traffic.ts";
import { pause } from "./wait.ts";

export interface LoadOptions {
  /** Returns the current origin; undefined while the app is down. Called before each request. */
  readonly origin: () => string | undefined;
  readonly ledger: Ledger;
  readonly next: () => SignedMessage;
  readonly senders: number;
  /** Time after which a sender retries without an answer, in milliseconds. Default 5 s. */
  readonly timeoutMs?: number;
  /** The sender's clock in Unix milliseconds. */
  readonly now?: () => number;
  /** Signing secret of the messages. Default: the secret that every app here has. */
  readonly secret?: string;
  /** Pause of a sender between two messages, in milliseconds. Default 0. */
  readonly restMs?: number;
  /** Statuses that may reject these messages besides a proper 503, such as 401 if clocks differ. */
  readonly refusals?: readonly number[];
}

/**
 * Senders like the provider's: each sends one event repeatedly, with a new signature, until it is acknowledged,
 * then the next. Every event that is in flight when a fault occurs is therefore sent again afterwards.
 */
export class Load {
  readonly #options: LoadOptions;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #running: Promise<void>[];
  #stopped = false;
  /** While true, no sender begins a new attempt. */
  paused = false;
  /** Number of answers by status; 0 counts requests without an answer. */
  readonly statuses = new Map<number, number>();
  /** Time from the first attempt to the acknowledgement of each acknowledged message, in milliseconds. */
  readonly #waited: number[] = [];
  /** Time of the first attempt of each message that is not acknowledged yet, by id. */
  readonly #waiting = new Map<string, number>();
  /** Answers that violate the contract: a genuine message gets 2xx, or 503 with Retry-After. */
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

  /** The waiting time of each message since its first attempt, in milliseconds; unacknowledged messages come last. */
  get waits(): readonly number[] {
    const now = performance.now();
    return [...this.#waited, ...Array.from(this.#waiting.values(), (since) => now - since)];
  }

  count(status: number): number {
    return this.statuses.get(status) ?? 0;
  }

  /** Resolves when `count` more events are acknowledged; throws after `ms`, in case the app hangs. */
  async acknowledges(count: number, ms = 180_000): Promise<void> {
    const target = this.acknowledgements + count;
    const deadline = performance.now() + ms;
    while (this.acknowledgements < target) {
      if (performance.now() > deadline)
        throw new Error(`only ${this.acknowledgements - target + count} of ${count} in ${ms} ms`);
      await pause(5);
    }
  }

  /** Sends no more messages and waits for the open requests. */
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

/** Returns whether an answer is a 503 that allows a retry: nothing was stored, and Retry-After is present. */
export function properRefusal({ status, headers, text }: Answer): boolean {
  return (
    status === 503 &&
    Number(headers["retry-after"]) > 0 &&
    /"code":"(?:store_unavailable|overloaded)"/.test(text)
  );
}
