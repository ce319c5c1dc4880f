import type { BigIntStats } from "node:fs";
import { StoreError } from "@sessionhook/core";
import { type FileChange, fileChanges } from "./file-change.js";
import { attempt } from "./attempt.js";
import { identityOf, statOf } from "./file-stat.js";
import { LogFile } from "./log-file.js";
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
  /** Returns another number after another connection has committed (`PRAGMA data_version`). */
  readonly version: () => number;
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
/** An unexplained time of change counts when it is this old; `check` waits for an explanation this long at most. */
const [settledMs, patienceMs, pauseMs] = [800, 5000, 25];

/**
 * Notices when the files at the path are not the open ones, or were changed by something other than SQLite. Of the
 * database it reads only the stat: see `checkPlace` in file.ts.
 */
export class FileGuard {
  readonly #options: GuardOptions;
  readonly #logFile: LogFile;
  /** When all was well for the last time. */
  #seen: Seen;
  #state: LogState | undefined;
  #version: number;
  /** Bytes of the log file that SQLite needs. */
  #logEnd: bigint;
  #pending: { readonly mtimeNs: bigint; readonly since: number } | undefined;
  #copying = false;

  /** @throws Error where a file is missing */
  constructor(options: GuardOptions) {
    const { database, log, index } = options.paths;
    this.#options = options;
    this.#seen = { database: existing(database), log: existing(log), index: existing(index) };
    this.#state = options.log.state();
    this.#version = options.version();
    this.#logFile = new LogFile(log, options.pageSize);
    this.#logEnd = this.#endOf(this.#state, this.#seen.log);
    if (this.#logFile.identity === identityOf(this.#seen.log)) return;
    this.close();
    throw new StoreError("store_unavailable", changedWhileOpening);
  }

  get paths(): DatabasePaths {
    return this.#options.paths;
  }

  /** Device and inode of the database. */
  get identity(): string {
    return identityOf(this.#seen.database);
  }

  /** Differs once the database is another one, or something has written it. */
  get mark(): string {
    return `${this.identity} ${this.#seen.database.mtimeNs}`;
  }

  /** Tells that this process is copying the log into the database, which explains a new time of change. */
  set copying(underWay: boolean) {
    try {
      if (this.#copying && !underWay) this.#update(true);
    } catch {
      // The next check meets the same error.
    }
    this.#copying = underWay;
  }

  /** Compares the files with what the last `check` found. Safe within a transaction; what it finds, `check` must confirm. */
  look(): FileChange | undefined {
    const found = this.#compare(this.#seen.database.size, this.#logEnd);
    return "reason" in found ? found : undefined;
  }

  /** The same before a transaction, which may begin the log anew: afterwards nobody knows that it was copied before. */
  lookBefore(): FileChange | undefined {
    const found = this.#compare(this.#seen.database.size, this.#logEnd);
    if ("reason" in found) return found;
    return found.database.mtimeNs === this.#seen.database.mtimeNs ? undefined : this.check();
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

  /**
   * False where the log is known to have lost a part, of which SQLite may have written more than `check` has seen. A log that is
   * not at its path is beyond the reach of most. Reads the index, which must be whole.
   */
  logIsWhole(): boolean {
    const there = statOf(this.paths.log);
    if (there === undefined || !this.isOwn("log")) return true;
    const state = attempt(() => this.#options.log.state());
    const end = state === undefined ? this.#logEnd : this.#endOf(state, there);
    return there.size >= end && !this.#logFile.hasHole(there.size);
  }

  /** Returns true when nobody has written the database since the last `check`. */
  isUnchanged(): boolean {
    const { database } = this.#seen;
    const there = statOf(this.paths.database);
    return there?.mtimeNs === database.mtimeNs && there.size === database.size;
  }

  close(): void {
    this.#logFile.close();
  }

  /** Returns whether the file at a path is the open one. */
  isOwn(file: "log" | "index"): boolean {
    const there = statOf(this.paths[file]);
    return there !== undefined && identityOf(there) === identityOf(this.#seen[file]);
  }

  #compare(leastDatabase: bigint, leastLog: bigint): Seen | FileChange {
    const { database, log, index } = this.#seen;
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
    // The index is mapped into memory: to read what was cut off it would end the process.
    const index = statOf(this.paths.index);
    const sound = index !== undefined && index.size >= this.#seen.index.size;
    // Before the files are compared: what SQLite does meanwhile only makes them longer and newer.
    const known = sound ? { state: this.#options.log.state(), version: this.#options.version() } : undefined;
    const found = this.#compare(1n, 0n);
    if ("reason" in found) return found;
    if (known === undefined) return fileChanges.indexHarmed;
    const { state } = known;
    // Without its state the log must not shrink.
    const end = state === undefined ? this.#logEnd : this.#endOf(state, found.log);
    if (found.log.size < end || this.#logFile.hasHoleBefore(this.#logEnd)) return fileChanges.logCut;
    if (this.#isCut(found.database)) return fileChanges.cut;
    const explained =
      found.database.mtimeNs === this.#seen.database.mtimeNs || this.#explains(known, committed);
    if (!explained) return this.#suspect(found.database);
    [this.#seen, this.#state, this.#version, this.#pending] = [found, state, known.version, undefined];
    this.#logEnd = this.#endOf(state, found.log);
    return undefined;
  }

  /** A database also shrinks when another process vacuums it. */
  #isCut({ size }: BigIntStats): boolean {
    const { pages, pageSize } = this.#options;
    return size < this.#seen.database.size && Number(size) < pages() * pageSize;
  }

  /**
   * True when SQLite may have changed the database since all was well. Only copying the log does that, and then more of it is
   * copied, or it has begun anew.
   */
  #explains(
    { state, version }: { state: LogState | undefined; version: number },
    committed: boolean,
  ): boolean {
    const before = this.#state;
    if (this.#copying || state === undefined || before === undefined) return true;
    if (committed && this.#options.autoCheckpoint && state.log >= autoCheckpointPages) return true;
    const copied = state.checkpointed !== before.checkpointed || state.log < before.log;
    // Others that commit may have begun the log anew and made it as long as it was.
    return copied || version !== this.#version;
  }

  #suspect({ mtimeNs }: BigIntStats): FileChange | undefined {
    const now = performance.now();
    if (this.#pending?.mtimeNs !== mtimeNs) this.#pending = { mtimeNs, since: now };
    return now - this.#pending.since < settledMs ? undefined : fileChanges.overwritten;
  }

  #endOf(state: LogState | undefined, { size }: BigIntStats): bigint {
    if (state === undefined) return size < logSizeLimit ? size : BigInt(logSizeLimit);
    return this.#logFile.endOf(state.log);
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
