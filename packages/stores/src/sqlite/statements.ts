import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Connection } from "./connection.js";
import { DifferentFiles } from "./session.js";
import { inTransaction } from "./transaction.js";

/** A statement for each number of rows remains prepared. */
const rowsPerInsert = 16;

/** A connection with its prepared statements; all of it is closed when the files change. */
export class Statements {
  readonly connection: Connection;
  readonly db: DatabaseSync;
  /** Duration of the last write transaction, from when it had the lock, in milliseconds. */
  writeMs = 0;
  readonly #prepared = new Map<string, StatementSync>();
  /** By table and number of rows. */
  readonly #inserts = new Map<string, StatementSync[]>();

  constructor(connection: Connection) {
    this.connection = connection;
    this.db = connection.db;
  }

  /** Parameters are plain question marks: Node 22.13 binds none to numbered ones. */
  all<Row>(sql: string, ...parameters: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...parameters) as unknown as Row[];
  }

  get<Row>(sql: string, ...parameters: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...parameters) as unknown as Row | undefined;
  }

  /** Returns the number of rows that changed. */
  run(sql: string, ...parameters: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...parameters).changes);
  }

  /**
   * Inserts rows of `width` values, many with each statement. If a statement fails, some of its rows can be there: the transaction
   * must be rolled back. Otherwise SQLite would first copy every page that it changes (`OR ABORT`, its default).
   * @param values the values of all rows, one row after the other
   */
  insert(table: string, width: number, values: readonly SQLInputValue[]): void {
    const most = width * rowsPerInsert;
    for (let at = 0; at < values.length; at += most) {
      const part = values.slice(at, at + most);
      this.#insertOf(table, width, part.length / width).run(...part);
    }
  }

  /** Runs `work` as one write transaction. */
  write<T>(work: () => T): T {
    const { guard, turns } = this.connection;
    const beforeCommit = () => {
      const change = guard.compare();
      if (change !== undefined) throw new DifferentFiles(change.reason);
    };
    let began = 0;
    const timed = () => {
      began = performance.now();
      return work();
    };
    const result = inTransaction(this.db, timed, beforeCommit, turns);
    this.writeMs = performance.now() - began;
    return result;
  }

  /** Runs queries that see one state of the database. */
  read<T>(work: () => T): T {
    this.db.exec("BEGIN");
    try {
      return work();
    } finally {
      this.db.exec("COMMIT");
    }
  }

  #insertOf(table: string, width: number, rows: number): StatementSync {
    const prepared = this.#inserts.get(table) ?? [];
    this.#inserts.set(table, prepared);
    const row = `(${Array.from({ length: width }, () => "?").join(", ")})`;
    return (prepared[rows] ??= this.db.prepare(
      `INSERT OR FAIL INTO ${table} VALUES ${Array.from({ length: rows }, () => row).join(", ")}`,
    ));
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#prepared.get(sql);
    if (statement === undefined) {
      statement = this.db.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    return statement;
  }
}
