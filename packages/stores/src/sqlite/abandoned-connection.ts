import { attempt } from "./attempt.js";
import type { Connection } from "./connection.js";
import type { FileChange } from "./file-change.js";

/** Number of attempts to save the log: another connection may be reading it, or the disk may be full. */
const saveTries = 20;

/** A connection whose files have changed, until its log is saved and it is closed. */
export class AbandonedConnection {
  readonly #connection: Connection;
  readonly #change: FileChange;
  #tries = saveTries;

  constructor(connection: Connection, change: FileChange) {
    this.#connection = connection;
    this.#change = change;
  }

  /**
   * Saves the log and closes the connection.
   * @param last close it even if the log cannot be saved
   * @returns false if the log must still be saved
   */
  tryClose(last = false): boolean {
    const saved = attempt(() => this.#connection.saveLog(this.#change)) === true;
    if (!saved && --this.#tries > 0 && !last) return false;
    this.#connection.abandon();
    return true;
  }
}
