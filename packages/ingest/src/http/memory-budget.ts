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

/** Bounds the bytes that all requests together hold while they are received and stored. */
export class MemoryBudget {
  readonly #max: number;
  #used = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get used(): number {
    return this.#used;
  }

  /** @throws ReceiveError `overloaded` when the bytes no longer fit */
  take(bytes: number): void {
    if (this.#used + bytes > this.#max) {
      throw new ReceiveError(
        "overloaded",
        "Too many bytes are being received at the moment; try again shortly",
      );
    }
    this.#used += bytes;
  }

  giveBack(bytes: number): void {
    this.#used -= bytes;
  }
}

/** The bytes that one request holds of a budget. */
export class Reservation {
  readonly #budget: MemoryBudget;
  #bytes = 0;

  constructor(budget: MemoryBudget) {
    this.#budget = budget;
  }

  /** @throws ReceiveError `overloaded`: what was reserved before still is */
  grow(bytes: number): void {
    this.#budget.take(bytes);
    this.#bytes += bytes;
  }

  /** Releases all reserved bytes. Further calls do nothing. */
  release(): void {
    this.#budget.giveBack(this.#bytes);
    this.#bytes = 0;
  }
}
