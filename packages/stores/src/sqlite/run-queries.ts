import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { SqlQueries } from "../sql/sql-query.js";

/** Runs queries on one connection, with prepared statements. */
export class QueryRunner {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  run<T>(queries: SqlQueries<T>): T {
    let step = queries.next();
    while (step.done !== true) {
      const { sql, parameters } = step.value;
      step = queries.next(this.#prepared(sql).all(parameters));
    }
    return step.value;
  }

  /** There are few different texts (a filter is present or absent), so all statements stay prepared. */
  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
