import { getLogger } from "@logtape/logtape";

const log = getLogger(["sessionhook", "store"]);

/** Logs the reports of all connections of this process to one store as one outage. */
export class Outages {
  /** The connections that cannot be used. The first reason is the cause; those of the others may follow from it. */
  readonly #out = new Set<string>();
  #first: string | undefined;

  /** @param reason undefined when the connection can be used */
  report(connection: string, reason: string | undefined): void {
    if (reason === undefined) return this.#over(connection);
    this.#first ??= connection;
    this.#out.add(connection);
    if (this.#first === connection) log.error("the store cannot be used", { reason });
  }

  #over(connection: string): void {
    if (!this.#out.delete(connection) || this.#out.size > 0) return;
    this.#first = undefined;
    log.info("the store can be used again");
  }
}
