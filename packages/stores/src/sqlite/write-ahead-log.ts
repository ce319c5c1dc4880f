import type { DatabaseSync, StatementSync } from "node:sqlite";

/** How long the log is, and how much of it is in the database, in pages. */
export interface LogState {
  readonly log: number;
  readonly checkpointed: number;
}

/**
 * The write-ahead log of a connection (https://sqlite.org/wal.html). Checkpointing copies it into the database and
 * syncs that; once all of it is copied, the next write begins the log anew.
 */
export class WriteAheadLog {
  readonly #checkpoint: StatementSync;
  readonly #look: StatementSync | undefined;

  constructor(db: DatabaseSync) {
    this.#checkpoint = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
    if (canWatchLog(db)) this.#look = db.prepare("PRAGMA wal_checkpoint(NOOP)");
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
}

/** Whether the log can be looked at without copying it: before SQLite 3.51 the pragma takes NOOP for PASSIVE. */
export function canWatchLog(db: DatabaseSync): boolean {
  const version = String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 51);
}
