import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { EventPage, ListQuery } from "@sessionhook/core";
import { listing } from "./listing.js";

/** Reads pages of the list synchronously. */
export class Lister {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  list(query: ListQuery): EventPage {
    const steps = listing(query, { heads: true });
    let step = steps.next();
    while (step.done !== true) {
      const { sql, parameters } = step.value;
      step = steps.next(this.#prepared(sql).all(parameters));
    }
    return step.value;
  }

  /** Caches every statement: there are only a few (each filter is present or absent). */
  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
