import { getLogger } from "@logtape/logtape";

const log = getLogger(["sessionhook", "store"]);

/** Reports why a connection cannot be used; undefined when it can be again. */
export type ReportOutage = (reason: string | undefined) => void;

/** Logs the reports of all connections of this process to one store as one outage. */
export class Outages {
  /** The connections that cannot be used. The first reason is the cause; those of the others may follow from it. */
  readonly #out = new Set<ReportOutage>();
  #first: ReportOutage | undefined;
  #ended = false;

  /** Returns the function with which one connection reports. Each connection needs its own. */
  connection(): ReportOutage {
    const report: ReportOutage = (reason) => {
      if (this.#ended) return;
      if (reason === undefined) return this.#over(report);
      this.#first ??= report;
      this.#out.add(report);
      if (this.#first === report) log.error("the store cannot be used", { reason });
    };
    return report;
  }

  /** To be called before the connections are closed, which removes files and is no recovery. */
  end(): void {
    this.#ended = true;
  }

  #over(connection: ReportOutage): void {
    if (!this.#out.delete(connection) || this.#out.size > 0) return;
    this.#first = undefined;
    log.info("the store can be used again");
  }
}
