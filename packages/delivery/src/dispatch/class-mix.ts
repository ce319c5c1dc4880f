import type { ClaimedDelivery, DeliveryClass } from "@sessionhook/core";

type Claim = (kind: DeliveryClass, limit: number) => Promise<readonly ClaimedDelivery[]>;

/** One of four slots belongs to retries. */
const slotsPerRetry = 4;

/**
 * Divides the claims of a destination between classes: new deliveries and retries 3:1, replays only when neither fills the
 * slots. A class is claimed only when its time in `due` has come; the results of claims update `due`. All times are of
 * `clock.elapsed`.
 */
export class ClassMix {
  /** Time from which each class may have due deliveries; infinite after a claim that returned fewer than its limit. */
  readonly due: Record<DeliveryClass, number> = { new: 0, retry: 0, replay: 0 };
  #turn = 0;

  /** Time from which any class may have due deliveries. */
  get nextDue(): number {
    return Math.min(this.due.new, this.due.retry, this.due.replay);
  }

  /** Sets the time from which all classes may have due deliveries. */
  mayBeDue(at: number): void {
    this.due.new = this.due.retry = this.due.replay = at;
  }

  /** Claims up to `count` deliveries of all classes. */
  async claim(count: number, now: number, claim: Claim): Promise<ClaimedDelivery[]> {
    const found: ClaimedDelivery[] = [];
    const take = async (kind: DeliveryClass, limit: number) => {
      if (limit <= 0 || this.due[kind] > now) return;
      // Before the claim, so that a wake during it is not lost.
      this.due[kind] = Infinity;
      try {
        const got = await claim(kind, limit);
        if (got.length >= limit) this.due[kind] = 0;
        found.push(...got);
      } catch (error) {
        this.due[kind] = 0;
        // Deliveries that are claimed already have leases and are sent; the next claim reports the failure.
        if (found.length === 0) throw error;
      }
    };
    await take("retry", this.#retryShare(count));
    await take("new", count - found.length);
    await take("retry", count - found.length);
    await take("replay", count - found.length);
    return found;
  }

  #retryShare(count: number): number {
    const slots = this.#turn + count;
    this.#turn = slots % slotsPerRetry;
    return Math.floor(slots / slotsPerRetry);
  }
}
