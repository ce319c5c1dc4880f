import type { StatementSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import type { Connection } from "./connection.js";
import { eventSql, statsSql, versionsSql } from "../sql/rows.js";
import { Writer } from "./append-events.js";
import { QueryRunner } from "./run-queries.js";

/**
 * Thrown before a commit if the files of the database may have changed, with code `store_unavailable`. Another process may also
 * have truncated the log, which is allowed: `FileGuard.check` distinguishes the two.
 */
export class DifferentFiles extends StoreError {
  constructor(reason: string) {
    super("store_unavailable", reason);
  }
}

/** A connection and everything prepared on it; all of it is closed when the files change. */
export class Session {
  readonly connection: Connection;
  readonly writer: Writer;
  readonly queries: QueryRunner;
  readonly get: StatementSync;
  readonly versions: StatementSync;
  readonly stats: StatementSync;

  constructor(connection: Connection) {
    const { db, guard, turns } = connection;
    this.connection = connection;
    const beforeCommit = () => {
      const change = guard.compare();
      if (change !== undefined) throw new DifferentFiles(change.reason);
    };
    this.writer = new Writer(db, beforeCommit, turns);
    this.queries = new QueryRunner(db);
    this.get = db.prepare(eventSql);
    this.versions = db.prepare(versionsSql);
    this.stats = db.prepare(statsSql);
  }
}
