import type { ClaimedDelivery, DeliveryStore } from "@sessionhook/core";
import type { Clock } from "../clock.js";

export const leaseMs = 60_000;
/** Age from which a lease is extended. */
const extendAfterMs = 20_000;
const maxGroup = 100;

interface Held {
  readonly claim: ClaimedDelivery;
  /** Called when the lease is lost: another process has claimed the delivery, or an operator has requeued it. */
  readonly onLost: () => void;
  /** Of `clock.elapsed`. */
  leasedAt: number;
}

/** The deliveries that belong to this process, from the claim until their settlement is stored. */
export class Leases {
  readonly #store: Pick<DeliveryStore, "extend">;
  readonly #owner: string;
  readonly #clock: Clock;
  readonly #held = new Map<string, Held>();

  constructor(store: Pick<DeliveryStore, "extend">, owner: string, clock: Clock) {
    this.#store = store;
    this.#owner = owner;
    this.#clock = clock;
  }

  /** Adds a claimed delivery, whose lease is extended until `release`. */
  hold(claim: ClaimedDelivery, onLost: () => void): void {
    this.#held.set(claim.id, { claim, onLost, leasedAt: this.#clock.elapsed() });
  }

  /** Removes a delivery, unless it was claimed again; returns its destination. */
  release(id: string, attempt: number): string | undefined {
    const claim = this.#held.get(id)?.claim;
    if (claim?.attempts === attempt) this.#held.delete(id);
    return claim?.destination;
  }

  /** Extends the leases that are older than 20 s, or all: after the time of day was set they would end too early or too late. */
  async extend(which: "old" | "all"): Promise<void> {
    const elapsed = this.#clock.elapsed();
    const least = which === "all" ? -Infinity : extendAfterMs;
    const old = [...this.#held.values()].filter(({ leasedAt }) => elapsed - leasedAt >= least);
    for (let i = 0; i < old.length; i += maxGroup) {
      const group = old.slice(i, i + maxGroup);
      const claims = group.map(({ claim }) => ({ id: claim.id, attempt: claim.attempts }));
      const results = await this.#store.extend(claims, this.#owner, leaseMs, this.#clock.now());
      group.forEach((held, index) => {
        if (results[index] === "settled") held.leasedAt = elapsed;
        else if (this.#held.get(held.claim.id) === held) {
          this.#held.delete(held.claim.id);
          held.onLost();
        }
      });
    }
  }
}
