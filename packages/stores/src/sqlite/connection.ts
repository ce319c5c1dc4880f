import { rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { StoreError } from "@sessionhook/core";
import { changedWhileOpening, type DatabasePaths } from "./compare-files.js";
import type { FileChange } from "./file-change.js";
import { FileGuard } from "./file-guard.js";
import { identityOf, statOf } from "./file-stat.js";
import { WriteAheadLog } from "./write-ahead-log.js";
import type { WriteTurns } from "./write-turns.js";

/** A connection that detects changes of the files at its path, and can be closed without touching them. */
export class Connection {
  readonly db: DatabaseSync;
  readonly log: WriteAheadLog;
  readonly guard: FileGuard;
  readonly turns: WriteTurns | undefined;
  /** Returns another number after another connection has committed (`PRAGMA data_version`). */
  readonly version: () => number;
  /**
   * A read-only connection. While it is open, closing the other one neither copies nor deletes the log, because SQLite does
   * that only for the last connection; and closing this one last cannot do it, because it cannot write.
   */
  readonly #anchor: DatabaseSync;
  readonly #autoCheckpoint: boolean;

  private constructor(db: DatabaseSync, anchor: DatabaseSync, path: string, turns: WriteTurns | undefined) {
    this.db = db;
    this.turns = turns;
    this.#anchor = anchor;
    this.log = new WriteAheadLog(db);
    this.version = counter(db, "data_version");
    this.#autoCheckpoint = numberOf(db, "wal_autocheckpoint") > 0;
    this.guard = new FileGuard({
      paths: pathsOf(db, path),
      log: this.log,
      pageSize: numberOf(db, "page_size"),
      pages: () => numberOf(db, "page_count"),
      version: this.version,
      autoCheckpoint: this.#autoCheckpoint,
    });
  }

  /**
   * @param path absolute
   * @param connect opens the database for writing
   * @throws StoreError `store_unavailable` if the files change meanwhile; any error of `connect`
   */
  static open(path: string, connect: () => DatabaseSync, turns?: WriteTurns): Connection {
    const before = statOf(path);
    const opened: { close(): void }[] = [];
    try {
      const db = connect();
      opened.unshift(db);
      const anchor = new DatabaseSync(path, { readOnly: true });
      opened.push(anchor);
      // A first read opens the log.
      for (const each of [db, anchor]) each.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get();
      const connection = new Connection(db, anchor, path, turns);
      opened.unshift(connection.guard);
      const same = before !== undefined && identityOf(before) === connection.guard.identity;
      if (same && connection.guard.check() === undefined) return connection;
      throw new StoreError("store_unavailable", changedWhileOpening);
    } catch (error) {
      for (const each of opened) each.close();
      throw error;
    }
  }

  /** Copies the log into the database, up to the first page that another connection uses, and restarts a long log. */
  checkpoint(): void {
    this.#copyLog(() => {
      this.log.checkpoint();
      this.log.shorten();
    });
  }

  /** Copies all of the log and empties its file. Returns false while another connection writes or reads an older state. */
  truncateLog(): boolean {
    let done = false;
    this.#copyLog(() => {
      done = this.log.truncate();
    });
    return done;
  }

  /** Call it after each commit. */
  committed(): void {
    if (this.#autoCheckpoint && this.log.isLong()) this.#copyLog(() => this.log.shorten());
  }

  /** Does nothing while a change of the database has no explanation: copying the log would mix two databases. */
  #copyLog(work: () => void): void {
    if (this.guard.check() !== undefined || !this.guard.isUnchanged()) return;
    this.guard.copying = true;
    work();
    this.guard.copying = false;
  }

  /** Lets SQLite copy the log if no other connection has the database open. Only for files that have not changed. */
  close(): void {
    this.guard.close();
    this.#anchor.close();
    this.db.close();
  }

  /** Closes without reading, writing or deleting a file. */
  abandon(): void {
    this.guard.close();
    this.db.close();
    this.#anchor.close();
  }

  /**
   * Copies the open log into the open database, wherever that is now, if both are still as SQLite left them; and removes
   * the files beside it that the next connection at the path must not find.
   * @returns false if the log can be copied, but not completely at this time
   */
  saveLog(change: FileChange): boolean {
    const { guard } = this;
    const now = guard.compare();
    const moved = now?.moved === true;
    const fits =
      change.copyLog && now?.copyLog !== false && (moved || guard.isOnlyCopied()) && guard.logIsWhole();
    const copied = fits && this.log.copyAll();
    // Connections of this process share a mapped index. Removing its file makes the next connection create a new one.
    if (guard.isOwn("index")) rmSync(guard.paths.index);
    if (moved && copied && guard.isOwn("log")) rmSync(guard.paths.log);
    return copied || !fits;
  }
}

/** SQLite follows symbolic links before it looks for the log. */
function pathsOf(db: DatabaseSync, path: string): DatabasePaths {
  const real = String(db.prepare("PRAGMA database_list").get()?.["file"]);
  return { database: path, log: `${real}-wal`, index: `${real}-shm` };
}

/** Returns a function that reads a pragma, prepared for frequent use. */
function counter(db: DatabaseSync, pragma: string): () => number {
  const statement = db.prepare(`PRAGMA ${pragma}`);
  return () => Number(statement.get()?.[pragma]);
}

function numberOf(db: DatabaseSync, pragma: string): number {
  return Number(db.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
}
