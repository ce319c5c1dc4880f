import { defaultMemoryBudgetBytes, requestBytes } from "@sessionhook/core/limits";
import { ReceiveError } from "../receive-error.js";

export interface BudgetOptions {
  readonly maxBodyBytes: number;
  /** Default 256 MiB, or the memory for one body of `maxBodyBytes` if that is more. */
  readonly memoryBudgetBytes: number | undefined;
  /** True on runtimes that can drop a request half-way, whose bytes would remain reserved: each request gets its own budget. */
  readonly requestScopedIo: boolean;
}

/** Returns a function that returns the budget of a request. */
export function budgetOf(options: BudgetOptions): () => MemoryBudget {
  const max =
    options.memoryBudgetBytes ?? Math.max(defaultMemoryBudgetBytes, options.maxBodyBytes + requestBytes);
  const shared = new MemoryBudget(max);
  return () => (options.requestScopedIo ? new MemoryBudget(max) : shared);
}

/**
 * Bounds the bytes that all requests together hold while they are received and stored. When the budget is used up, the body
 * that has been arriving longest is refused: good messages arrive at once, and bodies that never end keep none of them out.
 */
export class MemoryBudget {
  readonly #max: number;
  /** Those whose body is arriving, the earliest first, and how each is refused. */
  readonly #arriving = new Map<Reservation, (error: ReceiveError) => void>();
  #used = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get used(): number {
    return this.#used;
  }

  /**
   * @throws ReceiveError `overloaded` when the bytes do not fit and no body has been arriving longer. What was reserved before is
   * then released at once: of many that arrive together, the others fit.
   */
  take(bytes: number, by: Reservation): void {
    while (this.#used + bytes > this.#max) {
      const [earliest] = this.#arriving;
      if (by.bytes + bytes > this.#max || earliest === undefined || earliest[0] === by) {
        by.release();
        throw overloaded();
      }
      const [reservation, refuse] = earliest;
      reservation.release();
      refuse(overloaded());
    }
    this.#used += bytes;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }

  arriving(reservation: Reservation, refuse: (error: ReceiveError) => void): void {
    this.#arriving.set(reservation, refuse);
  }

  arrived(reservation: Reservation): void {
    this.#arriving.delete(reservation);
  }
}

function overloaded(): ReceiveError {
  return new ReceiveError("overloaded", "Too many bytes are being received at the moment; try again shortly");
}

/** The bytes that one request holds of a budget. */
export class Reservation {
  readonly #budget: MemoryBudget;
  #bytes = 0;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @throws ReceiveError `overloaded`: nothing is reserved then */
  grow(bytes: number): void {
    this.#budget.take(bytes, this);
    this.#bytes += bytes;
  }

  /** To be called when the body begins to arrive: until it has, `refuse` is called if others need its bytes. */
  arriving(refuse: (error: ReceiveError) => void): void {
    this.#budget.arriving(this, refuse);
  }

  arrived(): void {
    this.#budget.arrived(this);
  }

  /** Releases all reserved bytes. Further calls do nothing. */
  release(): void {
    this.arrived();
    this.#budget.giveBack(this.#bytes);
    this.#bytes = 0;
  }
}
