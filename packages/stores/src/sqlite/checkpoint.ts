import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import type { StoreError } from "@sessionhook/core";
import { Connection } from "./connection.js";
import { unavailable } from "./errors.js";
import { fingerprintOf, statOf } from "./file-stat.js";
import { openExisting } from "./open-existing.js";

/** With fewer pages left than this, the writer can copy them without a noticeable delay. */
const fewPages = 64;
/** A pass leaves the pages that were written during it: usually fewer each time, but on a slow disk perhaps never few. */
const maxPasses = 8;

/**
 * Checkpoints a store while another thread writes to it. Uses a separate connection, which is open only during a run so
 * that it does not hold on to a file that was replaced.
 */
export class Checkpointer {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Copies the log until few pages are left.
   * @param fingerprint of the database whose log is copied, as its store returns it. Nothing is done if another database
   * is at the path or if something else has written to this one, because copying the log would mix the two
   * @returns the error if the log cannot be copied: it is durable, and the next run or the writer copies it
   */
  run(fingerprint?: string): StoreError | undefined {
    try {
      // Absolute, as the store opens it: SQLite would read "file:…" as a URI.
      const path = resolve(this.#path);
      const now = statOf(path);
      // Opening another database would truncate the index of the log, which the connections to this one still use.
      if (now === undefined || (fingerprint ?? fingerprintOf(now)) !== fingerprintOf(now)) return undefined;
      const connection = Connection.open(path, () => connect(path));
      try {
        const { guard } = connection;
        if ((fingerprint ?? guard.fingerprint) === guard.fingerprint) copyLog(connection);
      } finally {
        // While it is open, no connection of this process can create a new index.
        connection.abandon();
      }
      return undefined;
    } catch (error) {
      return unavailable(error, resolve(this.#path));
    }
  }
}

/** @throws the error of SQLite */
function copyLog({ db, guard, log }: Connection): void {
  const checkpoint = db.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  for (let pass = 0; pass < maxPasses; pass++) {
    if (guard.compare() !== undefined) return;
    checkpoint.get();
    if ((log.pending() ?? 0) < fewPages) return;
  }
}

function connect(path: string): DatabaseSync {
  const db = openExisting(path);
  db.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 0");
  return db;
}
