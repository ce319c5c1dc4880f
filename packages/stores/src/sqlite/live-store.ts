import type { Connection } from "./connection.js";
import { LiveSession, type LiveSessionOptions } from "./live-session.js";

/** A store in an open database. SQLite works synchronously, so each call is complete when it returns. */
export abstract class LiveStore<Session extends { readonly connection: Connection }> {
  protected readonly live: LiveSession<Session>;

  /** Takes ownership of the connection; closes it if the database does not have the required schema. */
  constructor(
    connection: Connection,
    options: LiveSessionOptions,
    make: (connection: Connection) => Session,
  ) {
    this.live = new LiveSession(connection, options, make);
  }

  get logBytes(): number {
    return this.live.session?.connection.log.bytes ?? 0;
  }

  /** Pages of the write-ahead log that are not in the database yet; undefined if SQLite (before 3.51) does not report it. */
  pagesToCheckpoint(): number | undefined {
    return this.live.session?.connection.log.pending();
  }

  /**
   * Copies the write-ahead log into the database, up to the first page that another connection uses. If the log is long,
   * waits for these connections for up to `busyTimeoutMs`.
   */
  checkpoint(): void {
    this.live.session?.connection.checkpoint();
  }

  /** Identifies the open database in its current state, for `Checkpointer.run`. */
  get fingerprint(): string | undefined {
    return this.live.session?.connection.guard.fingerprint;
  }

  /** Set it to true while a `Checkpointer` of this process runs: otherwise the store reports that the database was overwritten. */
  set copying(underWay: boolean) {
    const guard = this.live.session?.connection.guard;
    if (guard !== undefined) guard.copying = underWay;
  }

  async close(): Promise<void> {
    this.live.close();
  }

  /** Runs work that commits, which can make the log long. */
  protected write<T>(work: (session: Session) => T): T {
    const result = this.live.use(work, true);
    this.live.session?.connection.committed();
    return result;
  }
}
