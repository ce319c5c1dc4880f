import { getLogger } from "@logtape/logtape";

const log = getLogger(["sessionhook", "store"]);

/** Logs that the write-ahead log cannot be copied into the database, once for each run of failures. */
export class CopyFailures {
  #failing = false;

  /** @param reason undefined after a copy that did not fail */
  report(reason: string | undefined): void {
    const failing = reason !== undefined;
    if (failing && !this.#failing)
      log.error("the log of the database cannot be copied into it, and grows", { reason });
    if (!failing && this.#failing) log.info("the log of the database can be copied into it again");
    this.#failing = failing;
  }
}
