import { statSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";

/** From this length on, in bytes, writing waits for readers; it is twice what the log is cut back to (database.ts). */
const longLog = 128 * 1024 * 1024;
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

  /** Pages that are not in the database yet; undefined if SQLite does not report it. */
  pending(): number | undefined {
    const state = this.#look?.get() as { log: number; checkpointed: number } | undefined;
    return state === undefined ? undefined : state.log - state.checkpointed;
  }

  /**
   * Copies as much as goes without waiting for anybody. Whatever goes wrong is no loss: what is in the log is
   * durable, and the next time, or the next opener, copies it. False when something did.
   */
  checkpoint(): boolean {
    try {
      this.#checkpoint.get();
      return true;
    } catch {
      return false;
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

/** True if the log can be inspected without copying it: before SQLite 3.51 the pragma treats NOOP as PASSIVE. */
export function canWatchLog(db: DatabaseSync): boolean {
  const version = String(db.prepare("SELECT sqlite_version() AS version").get()?.["version"]);
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > 3 || (major === 3 && minor >= 51);
}

/** With fewer pages left than this, the writer may as well copy them. */
const fewPages = 64;
/** Each pass leaves what was written during it, which is less each time, but on a slow disk may never be little. */
const mostPasses = 8;

/** Checkpoints a store that another thread writes, meanwhile: on a connection of its own, which writes nothing else. */
export class Checkpointer {
  readonly #path: string;
  #open: { db: DatabaseSync; log: WriteAheadLog } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Copies until little is left. A connection that could not do it is given up: one that was opened on a disk without
   * writes would stay read-only.
   */
  run(): void {
    try {
      const { log } = (this.#open ??= this.#connect());
      for (let pass = 0; pass < mostPasses; pass++) {
        if (!log.checkpoint()) return this.close();
        if ((log.pending() ?? 0) < fewPages) return;
      }
    } catch {
      this.close();
    }
  }

  close(): void {
    this.#open?.db.close();
    this.#open = undefined;
  }

  #connect(): { db: DatabaseSync; log: WriteAheadLog } {
    // Absolute, as the store opens it: "file:…" must not be taken for a URI here.
    const db = new DatabaseSync(resolve(this.#path));
    db.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 0");
    return { db, log: new WriteAheadLog(db) };
  }
}
