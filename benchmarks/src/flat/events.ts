import { randomBytes } from "node:crypto";
import type { NewEvent } from "@sessionhook/core";
import type { BodySize } from "../load/requests.ts";
import { type Kind, type PooledBody, pooledBodies } from "./bodies.ts";
import { eventId } from "./ids.ts";

/** The time span of a store's events in milliseconds: they arrive at even intervals. */
export const span = 30 * 24 * 3600 * 1000;
const idPattern = /evt_[0-9A-Za-z]{26}/;

/** The events of a store, numbered from 0 in order of arrival. */
export class Events {
  readonly count: number;
  readonly #began: number;
  readonly #pools: Record<Kind, PooledBody[]>;
  /** Random signatures in the real format; the store does not verify them. */
  readonly #signatures = Array.from({ length: 100 }, () => `v1,${randomBytes(32).toString("base64")}`);

  /** `until` is the arrival time of the last event in Unix milliseconds. */
  constructor(count: number, size: BodySize, until: number) {
    this.count = count;
    this.#began = until - span;
    this.#pools = pooledBodies(size);
  }

  /** Returns the arrival time in Unix milliseconds. */
  timeOf(number: number): number {
    return this.#began + Math.floor((number * span) / this.count);
  }

  idOf(number: number): string {
    return eventId(this.timeOf(number), number);
  }

  /** Returns the event of this number and its duplicate, if any: 1 of 100 events has a duplicate, 1 of 1000 a conflict. */
  messages(number: number): NewEvent[] {
    const event = this.#event(number);
    if (number % 1000 === 500)
      return [event, { ...event, raw: Buffer.concat([event.raw, Buffer.from(" ")]) }];
    return number % 100 === 50 ? [event, event] : [event];
  }

  #event(number: number): NewEvent {
    const pool = this.#pools[this.#kind(number)];
    const { text, ...classified } = pool[number % pool.length] as PooledBody;
    const id = this.idOf(number);
    const receivedAt = this.timeOf(number);
    return {
      id,
      ...classified,
      raw: Buffer.from(text.replace(idPattern, id)),
      receivedAt,
      attemptTimestamp: Math.floor(receivedAt / 1000),
      signature: this.#signatures[number % this.#signatures.length] as string,
    };
  }

  /** In the oldest hundredth, one event in ten is unrecognized; no newer event has that status. */
  #kind(number: number): Kind {
    if (number < this.count / 100 && number % 10 === 3) return "unrecognized";
    if (number % 5000 === 17) return "rare";
    if (number % 200 === 9) return "quarantined";
    return number % 10 === 1 ? "other" : "usual";
  }
}
