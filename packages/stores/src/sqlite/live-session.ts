import { clearInterval, setInterval } from "node:timers";
import { StoreError } from "@sessionhook/core";
import type { Connection } from "./connection.js";
import { openFailure, primaryCode, unavailable } from "./errors.js";
import { type FileChange, fileChanges } from "./file-change.js";
import { attempt } from "./attempt.js";
import { changedWhileOpening } from "./file-guard.js";
import { type ConnectionOptions, fingerprintOf, reopenConnection } from "./open-connection.js";
import { DifferentFiles } from "./session.js";

export interface LiveSessionOptions extends ConnectionOptions {
  /** Called with each new reason why the database cannot be used, and with undefined when it can be again. */
  readonly onOutage?: ((reason: string | undefined) => void) | undefined;
}

/** How often the files are compared when nobody uses them. */
const lookMs = 1000;
/** The other connections of this process notice within `lookMs`, and must have let go of the files before. */
const settleMs = 1500;
/** How often it is tried to save the log: somebody may be reading it, or the disk may be full. */
const saveTries = 10;
/** How long it waits at most before it tries the same files again. */
const longestPauseMs = 60_000;
/** SQLITE_CORRUPT, SQLITE_NOTADB. */
const damage = new Set([11, 26]);

/**
 * Lends a session on the database at a path, as long as that is the one it opened. When the files change it lets go of
 * them, and opens what is at the path as soon as that is a valid database; it never creates one.
 */
export class LiveSession<Session extends { readonly connection: Connection }> {
  readonly #options: LiveSessionOptions;
  readonly #make: (connection: Connection) => Session;
  readonly #timer: NodeJS.Timeout;
  #session: Session | undefined;
  /** Why there is no session, and since when. */
  #outage: { reason: string; readonly since: number } | undefined;
  #leaving: { readonly connection: Connection; readonly change: FileChange; tries: number } | undefined;
  #closed = false;
  /** The identity of the file that could not be opened, the number of attempts in a row, and until when that counts. */
  #refused = { files: "", times: 0, until: 0 };

  /**
   * Takes the connection over; closes it when its schema is not what a session needs.
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
    this.#timer = setInterval(() => this.#look(), lookMs);
    this.#timer.unref();
  }

  get session(): Session | undefined {
    return this.#session;
  }

  /**
   * Runs `work` on the session.
   * @param writes whether it commits: then its result counts only if the files are the same afterwards
   * @throws StoreError; RangeError as `work` does
   */
  use<T>(work: (session: Session) => T, writes = false, again = false): T {
    const session = this.#session;
    if (session === undefined)
      throw new StoreError("store_unavailable", this.#outage?.reason ?? "The store is closed");
    try {
      if (session.connection.guard.lookBefore() !== undefined) this.#verify(session);
      const result = work(session);
      if (writes) this.#verify(session, true);
      return result;
    } catch (error) {
      if (error instanceof RangeError) throw error;
      const loss = this.#lossBehind(error, session);
      if (loss === undefined && error instanceof DifferentFiles && !again)
        return this.use(work, writes, true);
      throw loss ?? unavailable(error);
    }
  }

  /** Folds the log into the database, where no other connection has it open; leaves files alone that have changed. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    const session = this.#session;
    if (session !== undefined) attempt(() => this.#verify(session, true));
    this.#leave(true);
    this.#session?.connection.checkpoint();
    this.#session?.connection.close();
    this.#session = undefined;
  }

  #verify(session: Session, committed = false): void {
    const change = session.connection.guard.check(committed);
    if (change !== undefined) throw this.#lose(session, change);
  }

  /** The change of the files that an error comes from, if any. */
  #lossBehind(error: unknown, session: Session): StoreError | undefined {
    if (this.#session !== session) return undefined;
    try {
      this.#verify(session);
    } catch (loss) {
      if (this.#session !== session) return loss as StoreError;
    }
    return damage.has(primaryCode(error) ?? 0) ? this.#lose(session, fileChanges.damaged) : undefined;
  }

  #lose({ connection }: Session, change: FileChange): StoreError {
    this.#session = undefined;
    this.#outage = { reason: change.reason, since: performance.now() };
    this.#leaving = { connection, change, tries: saveTries };
    this.#options.onOutage?.(change.reason);
    this.#leave();
    return new StoreError("store_unavailable", change.reason);
  }

  /** Saves the log and lets go of the files; false as long as the log must still be saved. */
  #leave(now = false): boolean {
    const leaving = this.#leaving;
    if (leaving === undefined) return true;
    const { connection, change } = leaving;
    if (!attempt(() => connection.saveLog(change)) && --leaving.tries > 0 && !now) return false;
    this.#leaving = undefined;
    connection.letGo();
    return true;
  }

  #look(): void {
    const session = this.#session;
    if (session !== undefined) attempt(() => this.#verify(session));
    else if (this.#outage !== undefined && this.#leave()) {
      if (performance.now() - this.#outage.since >= settleMs) this.#reopen(this.#outage);
    }
  }

  #reopen(outage: { reason: string }): void {
    const files = attempt(() => fingerprintOf(this.#options.path)) ?? "";
    if (files === this.#refused.files && performance.now() < this.#refused.until) return;
    try {
      const connection = reopenConnection(this.#options);
      if (connection === undefined) return;
      this.#session = this.#sessionOver(connection);
      this.#outage = undefined;
      this.#options.onOutage?.(undefined);
    } catch (error) {
      this.#refuse(files);
      const { message } = openFailure(error);
      if (message === outage.reason || message === changedWhileOpening) return;
      outage.reason = message;
      this.#options.onOutage?.(message);
    }
  }

  /** Checking a whole database takes its time: the same files are checked less and less often. */
  #refuse(files: string): void {
    const times = files === this.#refused.files ? this.#refused.times + 1 : 1;
    const pauseMs = Math.min(2 ** times * lookMs, longestPauseMs);
    this.#refused = { files, times, until: performance.now() + pauseMs };
  }

  #sessionOver(connection: Connection): Session {
    try {
      return this.#make(connection);
    } catch (error) {
      connection.letGo();
      throw openFailure(error);
    }
  }
}
