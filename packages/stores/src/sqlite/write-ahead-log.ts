import { statSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";

/** From this length on, in bytes, writes wait for readers. It is twice the length to which SQLite truncates the log (database.ts). */
const longLog = 128 * 1024 * 1024;

/** Length of the log, and the part of it that is in the database, in pages. */
export interface LogState {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * The write-ahead log of a connection (https://sqlite.org/wal.html). Checkpointing copies it into the database and
 * syncs the database. Once all of it is copied, the next write restarts the log, unless a connection is reading from it.
 */
export class WriteAheadLog {
  readonly #file: string;
  readonly #longest: number;
  readonly #checkpoint: StatementSync;
  readonly #restart: StatementSync;
  readonly #truncate: StatementSync;
  readonly #look: StatementSync | undefined;
  #limit: number;

  /** @param longest from how many bytes on `shorten` does something */
  constructor(db: DatabaseSync, longest = longLog) {
    this.#file = `${String(db.prepare("PRAGMA database_list").get()?.["file"])}-wal`;
    this.#longest = this.#limit = longest;
    this.#checkpoint = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
    this.#restart = db.prepare("PRAGMA wal_checkpoint(RESTART)");
    this.#truncate = db.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (canWatchLog(db)) this.#look = db.prepare("PRAGMA wal_checkpoint(NOOP)");
  }

  /** Length of the file in bytes; 0 where there is none. */
  get bytes(): number {
    try {
      return statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
    } catch {
      return 0;
    }
  }

  /** Undefined if SQLite does not report it. */
  state(): LogState | undefined {
    return this.#look?.get() as unknown as LogState | undefined;
  }

  /** Pages that are not in the database yet; undefined if SQLite does not report it. */
  pending(): number | undefined {
    const state = this.state();
    return state === undefined ? undefined : state.log - state.checkpointed;
  }

  /**
   * Copies as much as possible without waiting. A failure loses nothing: the log is durable, and the next checkpoint or
   * the next process that opens the database copies it. Returns false on a failure.
   */
  checkpoint(): boolean {
    return this.#copy() !== undefined;
  }

  /** Copies the log. Returns false if a part remains: another connection copies or reads it, or the disk is full. */
  copyAll(): boolean {
    const done = this.#copy();
    return done !== undefined && done.busy === 0 && done.log === done.checkpointed;
  }

  #copy(): (LogState & { readonly busy: number }) | undefined {
    try {
      return this.#checkpoint.get() as unknown as LogState & { busy: number };
    } catch {
      return undefined;
    }
  }

  /** Copies the log and truncates its file to zero bytes, so that no deleted page remains in it. Returns false if it is in use. */
  truncate(): boolean {
    try {
      return (this.#truncate.get() as unknown as { busy: number }).busy === 0;
    } catch {
      return false;
    }
  }

  /** True if `shorten` would have an effect now. */
  isLong(): boolean {
    const { bytes } = this;
    if (bytes < this.#longest) this.#limit = this.#longest;
    return bytes >= this.#limit;
  }

  /**
   * Lets the next write restart a long log although there is always a reader: copies all of it, and waits for its readers
   * as long as the connection waits for locks; new readers find everything in the database. If a reader does not end,
   * the log continues to grow, and the next attempt follows when it is half as long again.
   */
  shorten(): void {
    if (!this.isLong()) return;
    this.#limit = 1.5 * this.bytes;
    try {
      this.#restart.get();
    } catch {
      // A failure loses nothing, as in `checkpoint`.
    }
  }
}

/** Returns whether the length of the log can be read without copying it: before SQLite 3.51 the pragma takes NOOP for PASSIVE. */
export function canWatchLog(db: DatabaseSync): boolean {
  const version = String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 51);
}
