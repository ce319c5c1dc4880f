import type { Facts } from "@sessionhook/core";

/** The parts of a routed event that never change. */
export interface RecentEvent {
  readonly raw: Uint8Array;
  readonly signature: string;
  readonly facts: Facts | undefined;
}

type Read = Omit<RecentEvent, "facts">;

/** Bytes of bodies that are remembered. */
const maxBytes = 16 * 1024 * 1024;

/** The events that this process has routed last, so that a claim that follows at once does not read their bodies again. */
export class RecentEvents {
  /** Every event that was read; the facts of a planned one are known. */
  readonly #events = new Map<number, Read | RecentEvent>();
  #bytes = 0;

  read(seq: number, { raw, signature }: Read): void {
    this.delete(seq);
    this.#events.set(seq, { raw, signature });
    this.#bytes += raw.length;
    for (const oldest of this.#events.keys()) {
      if (this.#bytes <= maxBytes) break;
      this.delete(oldest);
    }
  }

  /** Call it when the facts of an event are stored. */
  planned(seq: number, facts: Facts): void {
    const event = this.#events.get(seq);
    if (event !== undefined) this.#events.set(seq, { ...event, facts });
  }

  /** Returns a planned event. */
  get(seq: number): RecentEvent | undefined {
    const event = this.#events.get(seq);
    return event !== undefined && "facts" in event ? event : undefined;
  }

  delete(seq: number): void {
    this.#bytes -= this.#events.get(seq)?.raw.length ?? 0;
    this.#events.delete(seq);
  }
}
