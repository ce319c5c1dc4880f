import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Connection } from "./connection.js";
import { Counters } from "./deliveries/counters.js";
import { DifferentFiles } from "./session.js";
import { inTransaction } from "./transaction.js";

/** A connection and the statements that are prepared on it; all of it is closed when the files change. */
export class SqlSession {
  readonly connection: Connection;
  protected readonly db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(connection: Connection) {
    this.connection = connection;
    this.db = connection.db;
  }

  /** Parameters are plain question marks: Node 22.13 binds none to numbered ones. */
  all<Row>(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#prepared(sql).all(...parameters) as unknown as Row[];
  }

  get<Row>(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...parameters) as unknown as Row | undefined;
  }

  /** Returns the number of rows that changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...parameters).changes);
  }

  /** Runs `work` as one write transaction, and adds what it counted. */
  transaction<T>(work: (counters: Counters) => T): T {
    const { guard, turns } = this.connection;
    return inTransaction(
      this.db,
      () => {
        const counters = new Counters();
        const result = work(counters);
        counters.store((sql, ...parameters) => this.run(sql, ...parameters));
        return result;
      },
      () => {
        const change = guard.compare();
        if (change !== undefined) throw new DifferentFiles(change.reason);
      },
      turns,
    );
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
