import { statSync } from "node:fs";
import type { DatabaseSync, StatementSync } from "node:sqlite";

/** From this length on, in bytes, writing waits for readers; it is twice what the log is cut back to (database.ts). */
const longLog = 128 * 1024 * 1024;

/** How long the log is, and how much of it is in the database, in pages. */
export interface LogState {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * The write-ahead log of a connection (https://sqlite.org/wal.html). Checkpointing copies it into the database and
 * syncs that; once all of it is copied, the next write begins the log anew, if nobody is reading in it just then.
 */
export class WriteAheadLog {
  readonly #file: string;
  readonly #longest: number;
  readonly #checkpoint: StatementSync;
  readonly #restart: StatementSync;
  readonly #look: StatementSync | undefined;
  #limit: number;

  /** @param longest from how many bytes on `shorten` does something */
  constructor(db: DatabaseSync, longest = longLog) {
    this.#file = `${String(db.prepare("PRAGMA database_list").get()?.["file"])}-wal`;
    this.#longest = this.#limit = longest;
    this.#checkpoint = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
    this.#restart = db.prepare("PRAGMA wal_checkpoint(RESTART)");
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

  /** Undefined where SQLite does not tell. */
  state(): LogState | undefined {
    return this.#look?.get() as unknown as LogState | undefined;
  }

  /** Pages that are not in the database yet; undefined where SQLite does not tell. */
  pending(): number | undefined {
    const state = this.state();
    return state === undefined ? undefined : state.log - state.checkpointed;
  }

  /**
   * Copies as much as goes without waiting for anybody. Whatever goes wrong is no loss: what is in the log is
   * durable, and the next time, or the next opener, copies it. False when something did.
   */
  checkpoint(): boolean {
    return this.#copy() !== undefined;
  }

  /** Copies what there is. False when some of it is left: somebody else copies or reads it, or the disk is full. */
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

  /**
   * Lets the next write begin a long log anew although somebody is always reading: copies all of it and waits for those
   * who read in it, as long as the connection waits for locks, while new readers find everything in the database. A
   * reader that does not end lets it grow on, so it is tried again only when it is half as long again.
   */
  shorten(): void {
    const { bytes } = this;
    if (bytes < this.#longest) this.#limit = this.#longest;
    if (bytes < this.#limit) return;
    this.#limit = 1.5 * bytes;
    try {
      this.#restart.get();
    } catch {
      // As with `checkpoint`.
    }
  }
}

/** Returns whether the length of the log can be read without copying it: before SQLite 3.51 the pragma takes NOOP for PASSIVE. */
export function canWatchLog(db: DatabaseSync): boolean {
  const version = String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 51);
}
