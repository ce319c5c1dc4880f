import type { BigIntStats } from "node:fs";
import { StoreError } from "@sessionhook/core";
import { type FileChange, fileChanges } from "./file-change.js";
import { identityOf, statOf } from "./file-stat.js";
import type { LogState, WriteAheadLog } from "./write-ahead-log.js";

/** The paths of the files of one database. */
export interface DatabasePaths {
  /** As it was given: it may lead through symbolic links. */
  readonly database: string;
  /** Beside the database itself, where SQLite puts them. */
  readonly log: string;
  readonly index: string;
}

export interface GuardOptions {
  readonly paths: DatabasePaths;
  readonly log: WriteAheadLog;
  readonly pageSize: number;
  /** Returns the pages of the database, those in the log included. */
  readonly pages: () => number;
  /** True when commits of this connection copy the log. */
  readonly autoCheckpoint: boolean;
}

interface Seen {
  readonly database: BigIntStats;
  readonly log: BigIntStats;
  readonly index: BigIntStats;
}

export const changedWhileOpening = "The files of the database changed while it was being opened";

/** A commit that makes the log this many pages long copies it, where `autoCheckpoint` is on. */
export const autoCheckpointPages = 1000;
/** `journal_size_limit`: SQLite cuts a longer log file back to this many bytes. */
export const logSizeLimit = 64 * 1024 * 1024;
/** Bytes before the first page of the log and before each page (https://sqlite.org/fileformat.html#walformat). */
const [logHeader, frameHeader] = [32, 24];
/** An unexplained time of change counts when it is this old; `check` waits for an explanation this long at most. */
const [settledMs, patienceMs, pauseMs] = [800, 5000, 25];

/**
 * Notices when the files at the path are not the open ones, or were changed by something other than SQLite. It reads no
 * file itself, only their stat: see `checkPlace` in file.ts.
 */
export class FileGuard {
  readonly #options: GuardOptions;
  /** When all was well for the last time. */
  #seen: Seen;
  #state: LogState | undefined;
  /** Bytes of the log file that SQLite needs. */
  #logEnd: bigint;
  #pending: { readonly mtimeNs: bigint; readonly since: number } | undefined;
  #copying: "no" | "yes" | "just done" = "no";

  /** @throws Error where a file is missing */
  constructor(options: GuardOptions) {
    const { database, log, index } = options.paths;
    this.#options = options;
    this.#seen = { database: existing(database), log: existing(log), index: existing(index) };
    this.#state = options.log.state();
    this.#logEnd = this.#endOf(this.#state, this.#seen.log);
  }

  get paths(): DatabasePaths {
    return this.#options.paths;
  }

  /** Device and inode of the database. */
  get identity(): string {
    return identityOf(this.#seen.database);
  }

  /** Tells that the log is being copied into the database by this process, which explains the database's time of change. */
  set copying(underWay: boolean) {
    this.#copying = underWay ? "yes" : "just done";
  }

  /** Compares the files with what the last `check` found. Safe within a transaction; what it finds, `check` must confirm. */
  look(): FileChange | undefined {
    const found = this.#compare(this.#seen.database.size, this.#logEnd);
    return "reason" in found ? found : undefined;
  }

  /**
   * Compares the files with each other and with what SQLite knows of its log.
   * @param committed after a commit of this connection: waits until a new time of change of the database is explained
   * (another process copies the log) or is not; otherwise a later call decides
   */
  check(committed = false): FileChange | undefined {
    let change = this.#update(committed);
    // Another process may have cut the log between two looks.
    for (let i = 0; i < 3 && (change === fileChanges.cut || change === fileChanges.logCut); i++)
      change = this.#update(committed);
    return change ?? (committed ? this.#settle() : undefined);
  }

  #settle(): FileChange | undefined {
    const until = performance.now() + patienceMs;
    let change: FileChange | undefined;
    while (change === undefined && this.#pending !== undefined) {
      if (performance.now() > until) return fileChanges.overwritten;
      sleep(pauseMs);
      change = this.#update(true);
    }
    return change;
  }

  /** False where the log is known to have lost its end. One that is not at its path is beyond the reach of most. */
  logIsWhole(): boolean {
    const there = statOf(this.paths.log);
    return !this.isOwn("log") || (there?.size ?? 0n) >= this.#logEnd;
  }

  /** Returns true when nobody has written the database since the last `check`. */
  isUnchanged(): boolean {
    const { database } = this.#seen;
    const there = statOf(this.paths.database);
    return there?.mtimeNs === database.mtimeNs && there.size === database.size;
  }

  /** Returns whether the file at a path is the open one. */
  isOwn(file: "log" | "index"): boolean {
    const there = statOf(this.paths[file]);
    return there !== undefined && identityOf(there) === identityOf(this.#seen[file]);
  }

  #compare(leastDatabase: bigint, leastLog: bigint): Seen | FileChange {
    const { database, log, index } = this.#seen;
    // In this order: the index is mapped into memory, and reading what was cut off it would end the process.
    const now = { database: statOf(this.paths.database), log: statOf(this.paths.log) };
    if (now.database === undefined) return fileChanges.removed;
    if (identityOf(now.database) !== identityOf(database)) return fileChanges.replaced;
    if (now.database.size === 0n) return fileChanges.emptied;
    if (now.database.size < leastDatabase) return fileChanges.cut;
    if (now.log === undefined) return fileChanges.logRemoved;
    if (identityOf(now.log) !== identityOf(log))
      return now.log.size === 0n ? fileChanges.logRemoved : fileChanges.logReplaced;
    if (now.log.size < leastLog) return fileChanges.logCut;
    const nowIndex = statOf(this.paths.index);
    if (nowIndex === undefined) return fileChanges.indexRemoved;
    if (identityOf(nowIndex) !== identityOf(index) || nowIndex.size < index.size)
      return fileChanges.indexHarmed;
    return { database: now.database, log: now.log, index: nowIndex };
  }

  #update(committed: boolean): FileChange | undefined {
    const found = this.#compare(1n, 0n);
    if ("reason" in found) return found;
    const { pages, pageSize } = this.#options;
    const { size } = found.database;
    const state = this.#options.log.state();
    // Without its state the log must not shrink.
    const end = state === undefined ? this.#logEnd : this.#endOf(state, found.log);
    if (found.log.size < end) return fileChanges.logCut;
    // A database shrinks when another process vacuums it.
    if (size < this.#seen.database.size && Number(size) < pages() * pageSize) return fileChanges.cut;
    const change = this.#explain(found, state, committed);
    if (change === undefined) this.#logEnd = this.#endOf(state, found.log);
    return change;
  }

  /** The database changes only when the log is copied, by whomever: then SQLite knows that more of it is copied. */
  #explain(found: Seen, state: LogState | undefined, committed: boolean): FileChange | undefined {
    const { mtimeNs } = found.database;
    const before = this.#state;
    const explained =
      mtimeNs === this.#seen.database.mtimeNs ||
      this.#copying !== "no" ||
      state === undefined ||
      before === undefined ||
      state.checkpointed !== before.checkpointed ||
      state.log < before.log ||
      (committed && this.#options.autoCheckpoint && state.log >= autoCheckpointPages);
    if (explained) {
      if (this.#copying === "just done") this.#copying = "no";
      [this.#seen, this.#state, this.#pending] = [found, state, undefined];
      return undefined;
    }
    const now = performance.now();
    if (this.#pending?.mtimeNs !== mtimeNs) this.#pending = { mtimeNs, since: now };
    return now - this.#pending.since < settledMs ? undefined : fileChanges.overwritten;
  }

  #endOf(state: LogState | undefined, { size }: BigIntStats): bigint {
    if (state === undefined) return size < logSizeLimit ? size : BigInt(logSizeLimit);
    return state.log === 0 ? 0n : BigInt(logHeader + state.log * (frameHeader + this.#options.pageSize));
  }
}

function existing(path: string): BigIntStats {
  const there = statOf(path);
  if (there === undefined) throw new StoreError("store_unavailable", changedWhileOpening);
  return there;
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
