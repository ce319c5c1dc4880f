import type { DeliveryItem, Destination, Outcome, SendContext } from "@sessionhook/core";
import type { VirtualClock } from "./virtual-clock.js";

/** Answers one item, at once or later. */
export type Script = (item: DeliveryItem, context: SendContext) => Outcome | Promise<Outcome>;

export interface Send {
  readonly at: number;
  readonly eventIds: readonly string[];
  readonly attempt: number;
  readonly replay: string | null;
}

/** A destination whose answers a test decides, and that records what it was sent. */
export class ScriptedDestination implements Destination {
  readonly target = "test:";
  readonly sends: Send[] = [];
  readonly delivered: string[] = [];
  script: Script;
  running = 0;
  mostRunning = 0;
  closed = false;
  maxBatch?: number;
  lingerMs?: number;
  readonly #clock: VirtualClock;

  constructor(clock: VirtualClock, script: Script) {
    this.#clock = clock;
    this.script = script;
  }

  async send(items: readonly DeliveryItem[], context: SendContext): Promise<readonly Outcome[]> {
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    const [first] = items as readonly [DeliveryItem, ...DeliveryItem[]];
    this.sends.push({
      at: this.#clock.now(),
      eventIds: items.map(({ event }) => event.id),
      attempt: first.attempt,
      replay: first.replay,
    });
    try {
      const outcomes = await Promise.all(items.map((item) => this.script(item, context)));
      outcomes.forEach(({ outcome }, i) => {
        if (outcome === "delivered") this.delivered.push((items[i] as DeliveryItem).event.id);
      });
      return outcomes;
    } finally {
      this.running--;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

export const delivered: Outcome = { outcome: "delivered" };
export const failing: Outcome = { outcome: "retry", reason: { code: "http_500", status: 500 } };

/** Answers after some milliseconds. */
export function later(clock: VirtualClock, ms: number, outcome: Outcome): Promise<Outcome> {
  return new Promise((resolve) => void clock.after(ms, () => resolve(outcome)));
}
