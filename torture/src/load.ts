import { Agent } from "node:http";
import { sign } from "@sessionhook/core";
import { secret } from "./apps.ts";
import { type Answer, ask } from "./http.ts";
import type { Ledger } from "./ledger.ts";
import type { Delivery } from "./traffic.ts";

export interface LoadOptions {
  /** Where to send now; undefined while the app is down. Asked before each request. */
  readonly origin: () => string | undefined;
  readonly ledger: Ledger;
  readonly next: () => Delivery;
  readonly senders: number;
  /** How long a sender waits for an answer before it tries again, in milliseconds. Default 5 s. */
  readonly timeoutMs?: number;
  /** The sender's clock in Unix milliseconds. */
  readonly now?: () => number;
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
  /** Milliseconds from request to acknowledgement, of each. */
  readonly latencies: number[] = [];
  /** Answers that break the contract: any 5xx but a 503 with Retry-After and a known code. */
  readonly improper: string[] = [];

  constructor(options: LoadOptions) {
    this.#options = options;
    this.#running = Array.from({ length: options.senders }, () => this.#send());
  }

  get acknowledgements(): number {
    return this.latencies.length;
  }

  count(status: number): number {
    return this.statuses.get(status) ?? 0;
  }

  /** Resolves when `count` more events are acknowledged; throws after `ms`. */
  async acknowledges(count: number, ms = 60_000): Promise<void> {
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
    const { ledger, next } = this.#options;
    while (!this.#stopped) {
      const delivery = next();
      ledger.send(delivery.id, delivery.body);
      while (!this.#stopped && !(await this.#attempt(delivery))) await pause(20);
    }
  }

  async #attempt({ id, body }: Delivery): Promise<boolean> {
    const { origin, ledger, timeoutMs = 5000, now = Date.now } = this.#options;
    const to = origin();
    if (to === undefined || this.paused) return false;
    const headers = { ...sign(body, { id, secret, timestamp: Math.floor(now() / 1000) }) };
    const began = performance.now();
    const answer = await ask(`${to}/webhooks`, {
      method: "POST",
      headers,
      body,
      timeoutMs,
      agent: this.#agent,
    }).catch(() => undefined);
    const status = answer?.status ?? 0;
    this.statuses.set(status, this.count(status) + 1);
    if (answer !== undefined && status >= 500 && !properRefusal(answer) && this.improper.length < 5)
      this.improper.push(`${status} ${answer.text.slice(0, 120)}`);
    if (status < 200 || status > 299) return false;
    ledger.acknowledge(id);
    this.latencies.push(performance.now() - began);
    return true;
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

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
