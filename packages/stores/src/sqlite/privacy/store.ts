import { setTimeout } from "node:timers/promises";
import {
  type ErasureReport,
  type PersonalData,
  type PersonQuery,
  type PrivacyStore,
  type SearchProgress,
  StoreError,
  type Derive,
} from "@sessionhook/core";
import type { Connection } from "../connection.js";
import type { LiveSessionOptions } from "../live-session.js";
import { LiveStore } from "../live-store.js";
import { deleteOldTables } from "../facts/rebuild.js";
import { countData } from "./count-data.js";
import { type Erased, eraseEvents, nothingErased } from "./erase-events.js";
import { DerivedRows } from "./derived.js";
import { eraseSettings } from "./erase-settings.js";
import { exportEvent } from "./export-event.js";
import { LogSearch } from "./search-log.js";
import { PrivacySession } from "./session.js";

/** Events in one transaction: others that write wait for it. */
const erasedAtOnce = 50;
/** Attempts to empty the log, and the pause between them in milliseconds: a connection may be reading an older state. */
const [truncateTries, truncatePauseMs] = [50, 150];

export interface PrivacyOptions extends LiveSessionOptions {
  /** Erases only in databases up to this size, because rewriting one holds up this process and its intake. */
  readonly largestRewrite: number;
  readonly derive: Derive;
}

/** Finds, exports and erases the data of a person in an open database. */
export class SqlitePrivacyStore extends LiveStore<PrivacySession> implements PrivacyStore {
  readonly #largestRewrite: number;

  /** Takes ownership of the connection; closes it if the database does not have the required schema. */
  constructor(connection: Connection, options: PrivacyOptions) {
    super(connection, options, (connection) => new PrivacySession(connection, options.derive));
    this.#largestRewrite = options.largestRewrite;
  }

  async find(query: PersonQuery, onProgress?: SearchProgress): Promise<PersonalData> {
    const ids = await this.#search(query, onProgress).next("log");
    return this.live.use((session) => session.read(() => countData(session, ids)));
  }

  async *export(query: PersonQuery): AsyncGenerator<Readonly<Record<string, unknown>>> {
    const seen = new DerivedRows();
    for (const id of await this.#search(query).next("log"))
      yield* this.live.use((session) => session.read(() => exportEvent(session, id, seen)));
  }

  async erase(query: PersonQuery, now: number, onProgress?: SearchProgress): Promise<ErasureReport> {
    const search = this.#search(query, onProgress);
    this.live.use((session) => this.#checkRewrite(session));
    const erased = nothingErased();
    const found = new DerivedRows();
    // Events that arrive meanwhile are erased too.
    for (let ids = await search.next("erasure"); ids.length > 0; ids = await search.next("erasure")) {
      const derived = new DerivedRows();
      const before = this.live.use((session) => {
        derived.add(session, JSON.stringify(ids));
        for (const key of derived.people) found.people.add(key);
        return derived.count(session);
      });
      while (ids.length > 0) {
        const some = ids.splice(0, erasedAtOnce);
        this.write((session) => eraseEvents(session, some, now, erased));
        await pause();
      }
      // Meanwhile another event of a session counted, and its person had a row: that one is not counted.
      const after = this.live.use((session) => derived.count(session));
      for (const kind of ["sessions", "people", "pageViews"] as const)
        erased[kind] += before[kind] - after[kind];
    }
    const remainingPeople = this.live.use((session) => found.count(session).people);
    erased.cancelledReplays = this.write((session) =>
      eraseSettings(session, query, now, erased.tombstones > 0),
    );
    // The tables of before a rebuild are deleted step by step.
    while (this.write(deleteOldTables)) await pause();
    await this.#overwrite();
    return reportOf(erased, remainingPeople, now);
  }

  #search(query: PersonQuery, onProgress?: SearchProgress): LogSearch {
    return new LogSearch((work) => this.live.use(work), query, onProgress);
  }

  #checkRewrite(session: PrivacySession): void {
    if (session.bytes > this.#largestRewrite)
      throw new StoreError(
        "store_unavailable",
        `The database is too large to be rewritten while this process serves requests; erase with the command line: ${command}`,
      );
    if (!session.mayRewrite())
      throw new StoreError(
        "store_unavailable",
        `Deno rewrites a database only when it runs with --allow-all; erase with the command line on Node: ${command}`,
      );
  }

  /** Rewrites the database and empties its log, so that no file has deleted bytes. */
  async #overwrite(): Promise<void> {
    this.write((session) => session.rewrite());
    const truncate = (session: PrivacySession) =>
      session.withoutWaiting(() => session.connection.truncateLog());
    for (let tries = 1; !this.live.use(truncate); tries++) {
      if (tries === truncateTries) throw new StoreError("store_unavailable", notOverwritten);
      await setTimeout(truncatePauseMs);
    }
  }
}

/** Lets other connections write. */
const pause = () => setTimeout(1);

const command = "sessionhook privacy erase";
const notOverwritten =
  "The rows are removed, but another connection is reading the write-ahead log, which still has their bytes; erase again";

function reportOf({ deliveredTo, ...counts }: Erased, remainingPeople: number, at: number): ErasureReport {
  return { at, ...counts, remainingPeople, deliveredTo: [...deliveredTo].toSorted() };
}
