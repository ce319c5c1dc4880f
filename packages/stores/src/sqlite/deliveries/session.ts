import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { initialState } from "../../deliveries/rules.js";
import type { Connection } from "../connection.js";
import { DifferentFiles } from "../session.js";
import { inTransaction } from "../transaction.js";
import { Counters } from "./counters.js";
import { RecentEvents } from "./recent-events.js";

/** A connection and the statements that the delivery store uses on it; all of it is closed when the files change. */
export class DeliverySession {
  readonly connection: Connection;
  readonly recent = new RecentEvents();
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** @param registered destinations of this process, and when each was registered: the database may be a restored one */
  constructor(connection: Connection, registered: ReadonlyMap<string, number>) {
    this.connection = connection;
    this.#db = connection.db;
    // A power failure can undo its latest transactions: then events are routed or sent again. It saves a sync each.
    this.#db.exec("PRAGMA synchronous = NORMAL");
    this.#begin();
    this.register(registered);
  }

  /** Events from before the first delivery store are not routed. */
  #begin(): void {
    if (this.get("SELECT 1 FROM routing") !== undefined) return;
    this.transaction(() => this.run(beginSql));
  }

  register(names: ReadonlyMap<string, number>): void {
    const known = new Set(
      this.all<{ name: string }>("SELECT name FROM destinations").map(({ name }) => name),
    );
    const missing = [...names].filter(([name]) => !known.has(name));
    if (missing.length === 0) return;
    this.transaction(() => {
      for (const [name, now] of missing) this.run(registerSql, name, JSON.stringify(initialState(now)));
    });
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
      this.#db,
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

  /** Runs work of which no power failure undoes a transaction: an operator is answered that it is done. */
  durably<T>(work: () => T): T {
    this.#db.exec("PRAGMA synchronous = FULL");
    try {
      return work();
    } finally {
      this.#db.exec("PRAGMA synchronous = NORMAL");
    }
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

const beginSql = `INSERT INTO routing (one, position)
  SELECT 1, coalesce(max(seq), 0) FROM events WHERE TRUE ON CONFLICT DO NOTHING`;
const registerSql = `INSERT INTO destinations (name, start, state)
  SELECT ?, (SELECT coalesce(max(seq), 0) FROM events), ? WHERE TRUE ON CONFLICT DO NOTHING`;
