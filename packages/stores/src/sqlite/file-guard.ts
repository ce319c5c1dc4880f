import type { BigIntStats } from "node:fs";
import { StoreError } from "@sessionhook/core";
import { attempt } from "./attempt.js";
import { type LogProgress, mayHaveCheckpointed } from "./checkpoint-progress.js";
import {
  changedWhileOpening,
  compareFiles,
  type DatabasePaths,
  type FileStats,
  statFiles,
} from "./compare-files.js";
import { type FileChange, fileChanges } from "./file-change.js";
import { fingerprintOf, identityOf, isAt, statOf } from "./file-stat.js";
import { LogFile } from "./log-file.js";
import type { LogState, WriteAheadLog } from "./write-ahead-log.js";

export interface GuardOptions {
  readonly paths: DatabasePaths;
  readonly log: WriteAheadLog;
  readonly pageSize: number;
  /** Returns the number of pages of the database, including those in the log. */
  readonly pages: () => number;
  /** Returns another number after another connection has committed (`PRAGMA data_version`). */
  readonly version: () => number;
  /** True if commits of this connection start checkpoints. */
  readonly autoCheckpoint: boolean;
}

/** `journal_size_limit`: SQLite truncates a longer log file to this many bytes. */
export const logSizeLimit = 64 * 1024 * 1024;
/** An unexplained modification time counts as a change at this age; `check` waits for an explanation this long at most. */
const [settledMs, patienceMs, pauseMs] = [800, 5000, 25];

/**
 * Detects that the files at the path are not the open ones, or that something other than SQLite has changed them. Reads
 * only the stat of the database: see `checkPath` in file.ts.
 */
export class FileGuard {
  readonly #options: GuardOptions;
  readonly #logFile: LogFile;
  /** The files and the progress of the log when the last check found no change. */
  #files: FileStats;
  #progress: LogProgress;
  /** Bytes of the log file that SQLite needs. */
  #logEnd: bigint;
  /** A modification time that has no explanation yet. */
  #pending: { readonly mtimeNs: bigint; readonly since: number } | undefined;
  #copying = false;

  /** @throws StoreError if a file is missing or is replaced meanwhile */
  constructor(options: GuardOptions) {
    this.#options = options;
    this.#files = statFiles(options.paths);
    this.#logFile = new LogFile(options.paths.log, options.pageSize);
    this.#progress = this.#readProgress();
    this.#logEnd = this.#endOf(this.#progress.state, this.#files.log);
    if (this.#logFile.identity === identityOf(this.#files.log)) return;
    this.close();
    throw new StoreError("store_unavailable", changedWhileOpening);
  }

  get paths(): DatabasePaths {
    return this.#options.paths;
  }

  /** Device and inode of the database. */
  get identity(): string {
    return identityOf(this.#files.database);
  }

  /** Changes when another database is at the path, or when something has written to this one. */
  get fingerprint(): string {
    return fingerprintOf(this.#files.database);
  }

  /** True while this process runs a checkpoint, which explains a new modification time. */
  set copying(underWay: boolean) {
    try {
      if (this.#copying && !underWay) this.#update(true);
    } catch {
      // The next check meets the same error.
    }
    this.#copying = underWay;
  }

  /** Compares the files with the result of the last `check`. Safe within a transaction; `check` must confirm a change. */
  compare(): FileChange | undefined {
    const found = this.#compare(this.#files.database.size, this.#logEnd);
    return "reason" in found ? found : undefined;
  }

  /**
   * Compares the files before a transaction, and checks a new modification time: the transaction may restart the log, and
   * then nothing shows any more that a checkpoint has caused that time. What other connections have written must be whole too:
   * the transaction is appended to it.
   */
  compareBefore(): FileChange | undefined {
    const found = this.#compare(this.#files.database.size, this.#logEnd);
    if ("reason" in found) return found;
    const touched = found.database.mtimeNs !== this.#files.database.mtimeNs;
    return touched || this.#othersHaveCommitted(found) ? this.check() : undefined;
  }

  /**
   * Compares the files with each other and with SQLite's state of the log.
   * @param committed after a commit of this connection: waits until a new modification time of the database is explained
   * by a checkpoint of another process, or counts as a change; otherwise a later call decides
   */
  check(committed = false): FileChange | undefined {
    const change = this.#repeatedUpdate(committed);
    return change ?? (committed ? this.#settle(committed) : undefined);
  }

  /** Compares the files like `check`, and waits until a change is explained or counts as one. */
  settle(): FileChange | undefined {
    return this.#repeatedUpdate(false) ?? this.#settle(false);
  }

  #repeatedUpdate(committed: boolean): FileChange | undefined {
    let change = this.#update(committed);
    // Another process may have truncated the log between two reads.
    for (let i = 0; i < 3 && (change === fileChanges.cut || change === fileChanges.logCut); i++)
      change = this.#update(committed);
    return change;
  }

  /**
   * Returns false if the log has certainly lost a part; SQLite may have written more of it than `check` has seen. A log that
   * is not at its path counts as whole, because few programs can reach it. Reads the index, which must be whole.
   */
  logIsWhole(): boolean {
    const log = statOf(this.paths.log);
    if (log === undefined || !this.isOwn("log")) return true;
    const state = attempt(() => this.#options.log.state());
    if (this.#isIndexHarmed(state)) return false;
    const end = state === undefined ? this.#logEnd : this.#endOf(state, log);
    return log.size >= end && !this.#logFile.hasHole(log.size);
  }

  /** True if the index has lost a part: another database was opened beside this log, and SQLite truncated it. */
  #isIndexHarmed(state: LogState | undefined): boolean {
    const { state: before, run } = this.#progress;
    if (state === undefined || before === undefined) return false;
    return state.log < before.log && this.#logFile.run() === run;
  }

  /** Returns true if the database has not been written since the last `check`. */
  isUnchanged(): boolean {
    const { database } = this.#files;
    const now = statOf(this.paths.database);
    return now?.mtimeNs === database.mtimeNs && now.size === database.size;
  }

  /** Returns true if nothing but a checkpoint can have written to the database since the last `check`. */
  isOnlyCopied(): boolean {
    if (this.isUnchanged()) return true;
    const progress = attempt(() => this.#readProgress());
    return progress?.state !== undefined && this.#mayHaveCopied(progress, false);
  }

  /** Returns whether the file at a path is the open one. */
  isOwn(file: "log" | "index"): boolean {
    return isAt(this.paths[file], this.#files[file]);
  }

  close(): void {
    this.#logFile.close();
  }

  #othersHaveCommitted({ index }: FileStats): boolean {
    // Reads the index, which must be whole.
    if (index.size < this.#files.index.size) return false;
    return this.#options.version() !== this.#progress.version;
  }

  #settle(committed: boolean): FileChange | undefined {
    const until = performance.now() + patienceMs;
    let change: FileChange | undefined;
    while (change === undefined && this.#pending !== undefined) {
      if (performance.now() > until) return fileChanges.overwritten;
      sleep(pauseMs);
      change = this.#repeatedUpdate(committed);
    }
    return change;
  }

  #compare(database: bigint, log: bigint, index?: BigIntStats): FileStats | FileChange {
    return compareFiles(this.paths, this.#files, { database, log }, index);
  }

  #readProgress(): LogProgress {
    return { state: this.#options.log.state(), run: this.#logFile.run(), version: this.#options.version() };
  }

  /** Returns the change that prevents reading. @throws the error if there is none */
  #progressOr(index: BigIntStats): LogProgress | FileChange {
    try {
      return this.#readProgress();
    } catch (error) {
      const found = this.#compare(1n, this.#logEnd, index);
      if ("reason" in found) return found;
      throw error;
    }
  }

  #update(committed: boolean): FileChange | undefined {
    // The index is mapped into memory: reading a part that was cut off would end the process.
    const index = statOf(this.paths.index);
    const readable = index !== undefined && index.size >= this.#files.index.size;
    // Read before the files are compared: meanwhile SQLite only makes them longer and newer.
    const progress = readable ? this.#progressOr(index) : undefined;
    if (progress !== undefined && "reason" in progress) return progress;
    const found = this.#compare(1n, 0n, index);
    if ("reason" in found) return found;
    if (progress === undefined) return fileChanges.indexHarmed;
    // Where SQLite does not report its state, the log must not become shorter.
    const end = progress.state === undefined ? this.#logEnd : this.#endOf(progress.state, found.log);
    if (found.log.size < end || this.#logFile.hasHoleBefore(this.#logEnd) || this.#logFile.hasHoleBefore(end))
      return fileChanges.logCut;
    if (this.#isCut(found, progress)) return fileChanges.cut;
    if (!this.#isExplained(found.database, progress, committed)) return this.#suspect(found.database);
    [this.#files, this.#progress, this.#pending] = [found, progress, undefined];
    this.#logEnd = this.#endOf(progress.state, found.log);
    return undefined;
  }

  /**
   * A database also becomes shorter when another connection vacuums it. Pages that were written since are in the log, until a
   * checkpoint copies them behind its end.
   */
  #isCut({ database: { size }, log }: FileStats, { state }: LogProgress): boolean {
    const { pages, pageSize } = this.#options;
    if (size >= this.#files.database.size) return false;
    return pages() - Number(size) / pageSize > Math.max(0, state?.log ?? this.#logFile.framesIn(log.size));
  }

  #isExplained({ mtimeNs }: BigIntStats, progress: LogProgress, committed: boolean): boolean {
    return mtimeNs === this.#files.database.mtimeNs || this.#mayHaveCopied(progress, committed);
  }

  #mayHaveCopied(progress: LogProgress, committed: boolean): boolean {
    if (this.#copying) return true;
    return mayHaveCheckpointed(this.#progress, progress, committed && this.#options.autoCheckpoint);
  }

  /** SQLite changes the database before it reports a checkpoint: it first waits until the disk has everything. */
  #suspect({ mtimeNs, size }: BigIntStats): FileChange | undefined {
    const now = performance.now();
    if (this.#pending?.mtimeNs !== mtimeNs) this.#pending = { mtimeNs, since: now };
    const age = now - this.#pending.since;
    // Shorter, with every missing page in the log: another process has vacuumed it, which is much to write.
    if (size < this.#files.database.size) return age < patienceMs ? undefined : fileChanges.cut;
    return age < settledMs ? undefined : fileChanges.overwritten;
  }

  #endOf(state: LogState | undefined, { size }: BigIntStats): bigint {
    if (state === undefined) return size < logSizeLimit ? size : BigInt(logSizeLimit);
    return this.#logFile.endOf(state.log);
  }
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
