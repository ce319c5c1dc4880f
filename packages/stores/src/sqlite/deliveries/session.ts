import { initialState } from "../../deliveries/rules.js";
import type { Connection } from "../connection.js";
import { Statements } from "../statements.js";
import { Counters } from "./counters.js";
import { RecentEvents } from "./recent-events.js";
import { RoutedRecords } from "./routed-records.js";

/** A connection and the statements that the delivery store uses on it; all of it is closed when the files change. */
export class DeliverySession extends Statements {
  readonly recent = new RecentEvents();
  readonly routed = new RoutedRecords();

  /** @param registered destinations of this process, and when each was registered: the database may be a restored one */
  constructor(connection: Connection, registered: ReadonlyMap<string, number>) {
    super(connection);
    // A power failure can undo its latest transactions: then events are routed or sent again. It saves a sync each.
    this.db.exec("PRAGMA synchronous = NORMAL");
    this.#begin();
    this.register(registered);
  }

  /** Events from before the first delivery store are not routed: only a rebuild reads them, and may have done so already. */
  #begin(): void {
    if (this.get("SELECT 1 FROM routing") !== undefined) return;
    this.transaction(() => {
      this.run(beginSql);
      this.run(
        "UPDATE derivation SET incomplete = 1 WHERE state = 'live' AND position < (SELECT position FROM routing)",
      );
      this.run("UPDATE derivation SET position = (SELECT position FROM routing) WHERE state = 'live'");
    });
  }

  register(names: ReadonlyMap<string, number>): void {
    const known = new Set(
      this.all<{ name: string }>("SELECT name FROM destinations").map(({ name }) => name),
    );
    const missing = [...names].filter(([name]) => !known.has(name));
    if (missing.length === 0) return;
    this.transaction(() => {
      for (const [name, now] of missing) this.run(registerSql, name, JSON.stringify(initialState(now)));
    });
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

  /** Runs work of which no power failure undoes a transaction: an operator is answered that it is done. */
  durably<T>(work: () => T): T {
    this.db.exec("PRAGMA synchronous = FULL");
    try {
      return work();
    } finally {
      this.db.exec("PRAGMA synchronous = NORMAL");
    }
  }
}

const beginSql = `INSERT INTO routing (one, position)
  SELECT 1, coalesce(max(seq), 0) FROM events WHERE TRUE ON CONFLICT DO NOTHING`;
const registerSql = `INSERT INTO destinations (name, start, state)
  SELECT ?, (SELECT coalesce(max(seq), 0) FROM events), ? WHERE TRUE ON CONFLICT DO NOTHING`;
