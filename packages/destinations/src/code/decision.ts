import type { Outcome } from "@sessionhook/core";

const code = /^[a-z0-9_]{1,64}$/i;
/** The earliest time, 1973: a smaller number is one of seconds or a duration. */
const minTime = 1e11;
/** The latest time a Date can have, in Unix milliseconds. */
const maxTime = 8.64e15;

/** Records the decision of a handler by `reject` or `retryAt`; the first call counts. */
export class Decision {
  readonly #now: () => number;
  outcome: Outcome | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  readonly reject = (given?: string): never => {
    const known = typeof given === "string" && code.test(given) ? given : "rejected_by_handler";
    return this.#end({ outcome: "rejected", reason: { code: known } });
  };

  readonly retryAt = (time: number | Date): never => {
    const after = time instanceof Date ? time.getTime() : time;
    // An invalid time ends the handler like any other error in it.
    if (typeof after !== "number" || !(after >= minTime && after <= maxTime)) {
      const error = new TypeError("retryAt() needs Unix milliseconds or a valid Date");
      // The log shows the place of the call.
      Error.captureStackTrace(error, this.retryAt);
      throw error;
    }
    // At least a second: a time in the past would call the handler without a pause and without using its attempts.
    const earliest = this.#now() + 1000;
    const reason = { code: "postponed" };
    return this.#end({ outcome: "retry", reason, after: Math.max(Math.ceil(after), earliest), used: false });
  };

  #end(outcome: Outcome): never {
    this.outcome ??= outcome;
    throw new HandlerEnd();
  }
}

class HandlerEnd extends Error {
  override readonly name = "HandlerEnd";
}
