import type { ClaimedDelivery, DeliveryClass } from "@sessionhook/core";

type Claim = (kind: DeliveryClass, limit: number) => Promise<readonly ClaimedDelivery[]>;

/** One of four slots belongs to retries. */
const slotsPerRetry = 4;

/**
 * Divides what a destination claims: new deliveries and retries 3:1, replays only when neither fills the slots. A class
 * whose due time is not known to have come is not asked for; `due` is updated by what the claims return.
 */
export class ClassMix {
  /** When each class may have something to claim; infinite after a claim that did not return all it asked for. */
  readonly due: Record<DeliveryClass, number> = { new: 0, retry: 0, replay: 0 };
  #turn = 0;

  /** When any class may have something to claim. */
  get nextDue(): number {
    return Math.min(this.due.new, this.due.retry, this.due.replay);
  }

  /** Any class may have something to claim at this time. */
  mayBeDue(at: number): void {
    this.due.new = this.due.retry = this.due.replay = at;
  }

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
        // What is claimed already has a lease, and is sent; the next claim reports the failure.
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
