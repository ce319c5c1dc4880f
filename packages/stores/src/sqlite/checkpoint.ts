import { resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Connection } from "./connection.js";
import { statOf } from "./file-stat.js";

/** With fewer pages left than this, the writer may as well copy them. */
const fewPages = 64;
/** Each pass leaves what was written during it, which is less each time, but on a slow disk may never be little. */
const mostPasses = 8;

/**
 * Checkpoints a store that another thread writes, meanwhile: on a connection of its own, which writes nothing else and is
 * open only for that long, since a file that was replaced must be let go of.
 */
export class Checkpointer {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Copies until little is left.
   * @param mark of the database whose log it is, as its store tells it; nothing is done when another is at the path, or when
   * something else has written it: copying the log would mix the two
   */
  run(mark?: string): void {
    try {
      // Absolute, as the store opens it: "file:…" must not be taken for a URI here.
      const path = resolve(this.#path);
      if (statOf(path) === undefined) return;
      const connection = Connection.open(path, () => connect(path));
      try {
        if ((mark ?? connection.guard.mark) === connection.guard.mark) copyLog(connection);
      } finally {
        // While it is open, no connection of this process could begin a new index.
        connection.letGo();
      }
    } catch {
      // What is in the log is durable: the next time, or the writer, copies it.
    }
  }
}

function copyLog({ guard, log }: Connection): void {
  for (let pass = 0; pass < mostPasses; pass++) {
    if (guard.look() !== undefined || !log.checkpoint()) return;
    if ((log.pending() ?? 0) < fewPages) return;
  }
}

function connect(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  db.exec("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA wal_autocheckpoint = 0");
  return db;
}
