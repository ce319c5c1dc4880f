import { describeError } from "./describe-error.js";
import { log } from "./log.js";

/** Logs that messages cannot be stored: once for each reason, not for each message, and that they can be again. */
export class OutageLog {
  #reason: string | undefined;
  #refused = 0;

  /** @param error whose message shows nothing of a payload */
  refused({ message, cause }: Error): void {
    this.#refused++;
    if (message === this.#reason) return;
    this.#reason = message;
    const details = cause === undefined ? {} : { cause: describeError(cause) };
    log.error("event not stored", { code: "store_unavailable", reason: message, ...details });
  }

  stored(): void {
    if (this.#reason === undefined) return;
    log.info("events are stored again", { refused: this.#refused });
    this.#reason = undefined;
    this.#refused = 0;
  }
}
