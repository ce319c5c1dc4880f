import { clearInterval, setInterval } from "node:timers";
import { StoreError } from "@sessionhook/core";
import type { Connection } from "./connection.js";
import { openFailure, primaryCode, unavailable } from "./errors.js";
import { type FileChange, fileChanges } from "./file-change.js";
import { attempt } from "./attempt.js";
import { AbandonedConnection } from "./abandoned-connection.js";
import { changedWhileOpening } from "./compare-files.js";
import { identityOf, statOf } from "./file-stat.js";
import { type ConnectionOptions, filesAt, reopenConnection } from "./open-connection.js";
import { RefusedFiles } from "./refused-files.js";
import { DifferentFiles } from "./session.js";

export interface LiveSessionOptions extends ConnectionOptions {
  /**
   * True where work that is lost with changed files is done again. Then the files are compared at most every 50 ms, and not
   * after a commit. Default false.
   */
  readonly repeatable?: boolean | undefined;
  /** Called with each new reason why the database cannot be used, and with undefined when it can be again. */
  readonly onOutage?: ((reason: string | undefined) => void) | undefined;
}

/** Interval at which the files are compared, in milliseconds. */
const compareEveryMs = 500;
/**
 * Time for which the same database must be at the path before it is opened. The other connections of this process detect it
 * within `compareEveryMs` and must save their log first: SQLite truncates the index at the path if that is of another database.
 */
const settleMs = 1500;
/** Time after which a transaction that other processes interrupt by truncating the database is not tried again. */
const retryMs = 5000;
/** Time for which a comparison counts for repeatable work. */
const freshMs = 50;
/** SQLITE_CORRUPT, SQLITE_NOTADB. */
const damage = new Set([11, 26]);
/** SQLITE_IOERR, and how many comparisons in succession it may end. */
const [readFailure, maxReadFailures] = [10, 6];

/**
 * Provides a session on the database at a path while the open files are the ones at the path. When the files change, it
 * closes them, and opens the files at the path as soon as they are a valid database; it never creates one.
 */
export class LiveSession<Session extends { readonly connection: Connection }> {
  readonly #options: LiveSessionOptions;
  readonly #make: (connection: Connection) => Session;
  readonly #timer: NodeJS.Timeout;
  readonly #refused = new RefusedFiles(4 * compareEveryMs);
  #session: Session | undefined;
  /** The reason why there is no session. */
  #outage: { reason: string } | undefined;
  #abandoned: AbandonedConnection | undefined;
  /** The database at the path while there is no session, and since when. */
  #found: { readonly identity: string; readonly since: number } | undefined;
  /** Time of the last comparison for repeatable work. */
  #comparedAt = -Infinity;
  /** Comparisons in succession that could not read the files. */
  #readFailures = 0;
  #written = false;
  #closed = false;

  /**
   * Takes ownership of the connection; closes it if the database does not have the required schema.
   * @param make prepares a session on a connection
   */
  constructor(
    connection: Connection,
    options: LiveSessionOptions,
    make: (connection: Connection) => Session,
  ) {
    this.#options = options;
    this.#make = make;
    this.#session = this.#sessionOver(connection);
    this.#timer = setInterval(() => this.#compare(), compareEveryMs);
    this.#timer.unref();
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /**
   * Runs `work` on the session.
   * @param writes true if it commits: then its result counts only if the files are the same afterwards
   * @throws StoreError; RangeError as `work` does
   */
  use<T>(work: (session: Session) => T, writes = false, until = performance.now() + retryMs): T {
    const session = this.#session;
    if (session === undefined)
      throw new StoreError("store_unavailable", this.#outage?.reason ?? "The store is closed");
    try {
      const { guard } = session.connection;
      if (!this.#isFresh(session) && guard.compareBefore() !== undefined) this.#verify(session);
      const result = work(session);
      this.#written ||= writes;
      if (writes && this.#options.repeatable !== true) this.#verify(session, true);
      return result;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      const loss = this.#lossBehind(error, session);
      if (loss === undefined && error instanceof DifferentFiles && performance.now() < until)
        return this.use(work, writes, until);
      throw loss ?? unavailable(error, this.#options.path);
    }
  }

  /**
   * Copies the log into the database after own writes; does not touch files that have changed. After reading only, that is left to
   * the others that have the database open: on a full disk it would change the database, and then fail.
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    const session = this.#session;
    if (session !== undefined) attempt(() => this.#verify(session, true));
    this.#closeAbandoned(true);
    if (this.#written) this.#session?.connection.checkpoint();
    this.#session?.connection.close();
    this.#session = undefined;
  }

  /** Returns whether the files were compared just now and nothing has written to the database since; if not, they are about to be. */
  #isFresh({ connection }: Session): boolean {
    if (this.#options.repeatable !== true) return false;
    const now = performance.now();
    if (now - this.#comparedAt < freshMs && connection.guard.isUnchanged()) return true;
    this.#comparedAt = now;
    return false;
  }

  #verify(session: Session, committed = false): void {
    this.#judge(session, session.connection.guard.check(committed));
  }

  #judge(session: Session, change: FileChange | undefined): void {
    if (change !== undefined) throw this.#lose(session, change);
  }

  /** Returns the change of the files that caused an error, if any. */
  #lossBehind(error: unknown, session: Session): StoreError | undefined {
    if (this.#session !== session) return undefined;
    try {
      const { guard } = session.connection;
      this.#judge(session, error instanceof DifferentFiles ? guard.settle() : guard.check());
    } catch (loss) {
      if (this.#session !== session) return loss as StoreError;
    }
    return damage.has(primaryCode(error) ?? 0) ? this.#lose(session, fileChanges.damaged) : undefined;
  }

  #lose({ connection }: Session, change: FileChange): StoreError {
    this.#session = undefined;
    this.#readFailures = 0;
    this.#outage = { reason: change.reason };
    this.#found = undefined;
    this.#abandoned = new AbandonedConnection(connection, change);
    this.#options.onOutage?.(change.reason);
    this.#closeAbandoned();
    return new StoreError("store_unavailable", change.reason);
  }

  /** Returns false if the log must still be saved. */
  #closeAbandoned(last = false): boolean {
    if (this.#abandoned?.tryClose(last) === false) return false;
    this.#abandoned = undefined;
    return true;
  }

  #compare(): void {
    const session = this.#session;
    if (session !== undefined) this.#compareFilesOf(session);
    else if (this.#outage !== undefined) {
      const closed = this.#closeAbandoned();
      if (this.#isSettled() && closed) this.#reopen(this.#outage);
    }
  }

  #isSettled(): boolean {
    const there = attempt(() => statOf(this.#options.path));
    const identity = there === undefined ? "" : identityOf(there);
    const now = performance.now();
    if (this.#found?.identity !== identity) this.#found = { identity, since: now };
    return now - this.#found.since >= settleMs;
  }

  /** Gives up files that cannot be read any more: those at the path may be readable. */
  #compareFilesOf(session: Session): void {
    try {
      this.#verify(session);
      this.#readFailures = 0;
    } catch (error) {
      if (this.#session !== session) return;
      this.#readFailures = primaryCode(error) === readFailure ? this.#readFailures + 1 : 0;
      if (damage.has(primaryCode(error) ?? 0)) this.#lose(session, fileChanges.damaged);
      else if (this.#readFailures >= maxReadFailures) this.#lose(session, fileChanges.unreadable);
    }
  }

  #reopen(outage: { reason: string }): void {
    const files = attempt(() => filesAt(this.#options.path)) ?? "";
    if (!this.#refused.mayTry(files)) return;
    try {
      const connection = reopenConnection(this.#options);
      if (connection === undefined) return;
      this.#session = this.#sessionOver(connection);
      this.#outage = undefined;
      this.#options.onOutage?.(undefined);
    } catch (error) {
      const { message } = openFailure(error, this.#options.path);
      // Another connection of this process may not have closed the files before yet.
      if (message === changedWhileOpening) return void (this.#found = undefined);
      this.#refused.add(files);
      if (message === outage.reason) return;
      outage.reason = message;
      this.#options.onOutage?.(message);
    }
  }

  #sessionOver(connection: Connection): Session {
    try {
      return this.#make(connection);
    } catch (error) {
      connection.abandon();
      throw openFailure(error, this.#options.path);
    }
  }
}
