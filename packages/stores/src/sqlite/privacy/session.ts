import type { Derive } from "@sessionhook/core";
import type { Connection } from "../connection.js";
import { Counters } from "../deliveries/counters.js";
import { Statements } from "../statements.js";

/** A connection that overwrites what it deletes with zeros. */
export class PrivacySession extends Statements {
  /** Derives the records of an event whose turn comes when another one is deleted. */
  readonly derive: Derive;

  constructor(connection: Connection, derive: Derive) {
    super(connection);
    this.derive = derive;
    this.db.exec("PRAGMA secure_delete = ON");
  }

  /** Runs `work` as one write transaction, and adds what it counted. */
  transaction<T>(work: (counters: Counters) => T): T {
    return this.write(() => {
      const counters = new Counters();
      const result = work(counters);
      counters.store((sql, ...parameters) => this.run(sql, ...parameters));
      return result;
    });
  }

  get bytes(): number {
    const size = (pragma: string) => Number(this.get<Record<string, number>>(`PRAGMA ${pragma}`)?.[pragma]);
    return size("page_count") * size("page_size");
  }

  /** Returns whether this process may rewrite the database: SQLite does that by ATTACH, which Deno allows only with all permissions. */
  mayRewrite(): boolean {
    try {
      this.db.exec("ATTACH DATABASE '' AS probe; DETACH DATABASE probe");
      return true;
    } catch {
      return false;
    }
  }

  /** Rewrites the database without free pages and without remains of deleted rows in the others. */
  rewrite(): void {
    this.db.exec("VACUUM");
  }

  /** Runs work that waits for other connections only briefly. */
  withoutWaiting<T>(work: () => T): T {
    const before = Number(this.get<{ timeout: number }>("PRAGMA busy_timeout")?.timeout);
    this.db.exec(`PRAGMA busy_timeout = ${briefMs}`);
    try {
      return work();
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${before}`);
    }
  }
}

/** In milliseconds; the wait blocks the thread. */
const briefMs = 50;
