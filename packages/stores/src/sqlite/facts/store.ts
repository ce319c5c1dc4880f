import type {
  EventsOfQuery,
  EventSummary,
  AttributionKey,
  AttributionQuery,
  AttributionTable,
  CompanyRow,
  DerivationStatus,
  Derive,
  DeriveAll,
  FactStore,
  PageView,
  Paging,
  PersonRow,
  RebuildProgress,
  RowPage,
  SessionFilter,
  SessionRow,
  SummaryFilter,
} from "@sessionhook/core";
import { setTimeout } from "node:timers/promises";
import { maxRebuildStep } from "@sessionhook/core/limits";
import { limited } from "../../deliveries/rules.js";
import type { Connection } from "../connection.js";
import type { LiveSessionOptions } from "../live-session.js";
import { LiveStore } from "../live-store.js";
import { Statements } from "../statements.js";
import { attribution, values } from "./attribution.js";
import { listEventsOf } from "./events-of.js";
import { type Generation, generations, livePrefix } from "./generation.js";
import { listCompanies, listPeople, listSessions } from "./lists.js";
import { deleteOld, isNext, type Part, progressOf, readPart, startRebuild, writePart } from "./rebuild.js";
import {
  companyOf,
  personOf,
  selectCompanies,
  selectPeople,
  selectSessions,
  sessionNumber,
  sessionOf,
} from "./rows.js";
import { pagesPerSession } from "./schema.js";
import { StepSize } from "./step-size.js";

type Raw = Readonly<Record<string, unknown>>;

/** The events of the next step, whose records are being derived. */
interface Ahead {
  readonly part: Part;
  readonly records: ReturnType<DeriveAll>;
  /** Open files in which they were found. */
  readonly session: Statements | undefined;
}

/** The fact store in an open database. The delivery store writes its tables; this one reads and rebuilds them. */
export class SqliteFactStore extends LiveStore<Statements> implements FactStore {
  #ahead: Ahead | undefined;
  /** Version of the connection at the last step. */
  #version: number | undefined;
  readonly #size = new StepSize();

  /** Takes ownership of the connection; closes it if the database does not have the required schema. */
  constructor(connection: Connection, options: LiveSessionOptions) {
    // A step of a rebuild that is lost is repeated.
    super(connection, { ...options, repeatable: true }, (connection) => {
      // Everything can be derived again. A rebuild writes the same pages again and again, before they are copied from the log.
      connection.db.exec(`PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = ${rebuildPages}`);
      return new Statements(connection);
    });
  }

  async sessions(query: SessionFilter & Paging): Promise<RowPage<SessionRow>> {
    return this.#read((statements) => listSessions(statements, query));
  }

  async session(id: string): Promise<(SessionRow & { readonly pages: readonly PageView[] }) | undefined> {
    return this.#read((statements) => {
      const g = livePrefix(statements);
      const row = statements.get<Raw>(
        selectSessions(g, `(SELECT * FROM ${g}_sessions WHERE id = ?) AS s`),
        id,
      );
      if (row === undefined) return undefined;
      const pages = statements.all<PageView>(
        `SELECT v.number % ${pagesPerSession} AS position, v.at, v.path, v.url, v.title, v.seconds
          FROM ${g}_pages AS v, (SELECT number * ${pagesPerSession} AS first FROM ${g}_sessions WHERE id = ?)
          WHERE v.number >= first AND v.number < first + ${pagesPerSession} ORDER BY v.number`,
        id,
      );
      return { ...sessionOf(row), pages: pages.map((page) => ({ ...page })) };
    });
  }

  async sessionOfEvent(eventId: string): Promise<SessionRow | undefined> {
    return this.#read((statements) => {
      const g = livePrefix(statements);
      const selection = `(SELECT s.* FROM events AS v JOIN ${g}_events AS w ON w.seq = v.seq
        JOIN ${g}_sessions AS s ON s.number = ${sessionNumber(g)} WHERE v.id = ? AND v.version = 1) AS s`;
      const row = statements.get<Raw>(selectSessions(g, selection), eventId);
      return row && sessionOf(row);
    });
  }

  async eventsOf(query: EventsOfQuery): Promise<RowPage<EventSummary>> {
    return this.#read((statements) => listEventsOf(statements, query));
  }

  async people(query: SummaryFilter & Paging): Promise<RowPage<PersonRow>> {
    return this.#read((statements) => listPeople(statements, query));
  }

  async person(key: string): Promise<PersonRow | undefined> {
    return this.#read((statements) => {
      const g = livePrefix(statements);
      const row = statements.get<Raw>(selectPeople(g, `(SELECT * FROM ${g}_people WHERE key = ?) AS s`), key);
      return row && personOf(row);
    });
  }

  async companies(query: SummaryFilter & Paging): Promise<RowPage<CompanyRow>> {
    return this.#read((statements) => listCompanies(statements, query));
  }

  async company(key: string): Promise<CompanyRow | undefined> {
    return this.#read((statements) => {
      const g = livePrefix(statements);
      const selection = `(SELECT * FROM ${g}_companies WHERE key = ?) AS s`;
      const row = statements.get<Raw>(selectCompanies(g, selection), key);
      return row && companyOf(row);
    });
  }

  async attribution(query: AttributionQuery): Promise<AttributionTable> {
    return this.#read((statements) => attribution(statements, query));
  }

  async values(by: AttributionKey): Promise<readonly string[]> {
    return this.#read((statements) => values(statements, by));
  }

  async status(): Promise<DerivationStatus> {
    return this.#read((statements) => {
      const all = generations(statements);
      const live = all.find(({ state }) => state === "live") as Generation;
      const building = all.find(({ state }) => state === "building");
      const { sessions, people, companies, incomplete } = live;
      return {
        sessions,
        people,
        companies,
        rebuild: building === undefined ? null : progressOf(building, false),
        deleting: all.some(({ state }) => state === "deleting"),
        lag: statements.get<{ lag: number }>(lagSql, live.position)?.lag ?? 0,
        lagSince: statements.get<{ at: number }>(lagSinceSql, live.position)?.at ?? null,
        incomplete: incomplete === 1 || statements.get(unreadSql, live.position) !== undefined,
      };
    });
  }

  async startRebuild(now: number): Promise<RebuildProgress> {
    this.live.use(({ db }) => db.exec(`PRAGMA cache_size = ${rebuildCache}`));
    return this.write((statements) => startRebuild(statements, now));
  }

  async rebuildStep(limit: number, derive: Derive, deriveAll?: DeriveAll): Promise<RebuildProgress> {
    const others = this.#othersWrite();
    if (others) await setTimeout(makeWay * (this.live.session?.writeMs ?? 0));
    const most = Math.min(limited(limit, maxRebuildStep), others ? besideOthers : this.#size.events);
    const ahead = this.#takeAhead();
    const part = ahead?.part ?? this.live.use((statements) => readPart(statements, most));
    if (part === undefined) return this.write(deleteOld);
    const inAll = deriveAll ?? (async (events) => events.map(derive));
    const deriving = ahead?.records ?? inAll(part.events);
    if (deriveAll !== undefined && part.more) this.#readAhead(most, part, deriveAll);
    const derived = await deriving;
    const records = new Map(part.events.map(({ id }, index) => [id, derived[index]]));
    const progress = await this.write((statements) => writePart(statements, part, records, derive));
    this.#size.measure(part.events.length, this.live.session?.writeMs ?? 0);
    return progress;
  }

  /** Returns whether other connections have committed since the last call. */
  #othersWrite(): boolean {
    const before = this.#version;
    this.#version = this.live.use(({ connection }) => connection.version());
    return before !== undefined && before !== this.#version;
  }

  /** Has the events of the next step derived while those of this one are written. */
  #readAhead(limit: number, after: Part, deriveAll: DeriveAll): void {
    const part = this.live.use((statements) => readPart(statements, limit, after));
    if (part === undefined) return;
    const records = deriveAll(part.events);
    // The next step meets the error.
    records.catch(() => undefined);
    this.#ahead = { part, records, session: this.live.session };
  }

  /** Returns what was derived for this step; undefined if nothing was, or if the rebuild is elsewhere by now. */
  #takeAhead(): Ahead | undefined {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead === undefined || ahead.session !== this.live.session) return undefined;
    return this.live.use((statements) => isNext(statements, ahead.part)) ? ahead : undefined;
  }

  /** Runs queries that see one state of the database. */
  #read<T>(work: (statements: Statements) => T): T {
    return this.live.use((statements) => statements.read(() => work(statements)));
  }
}

/** While others write, a step takes at most this many events, and they have so many times as long as its transaction. */
const [besideOthers, makeWay] = [200, 1];

/** Of pages in memory: 64 MB, more than a step changes, since those that do not fit would be written twice. */
const rebuildCache = -64_000;
/** Pages in the log from which a rebuild has it copied, if the app does not: 64 MB. */
const rebuildPages = 16_384;

/** Parameter: position of the live tables. */
const waiting = `FROM events INDEXED BY events_by_status
  WHERE status = 'accepted' AND seq > ? AND seq <= (SELECT position FROM routing)`;
const lagSql = `SELECT count(*) AS lag ${waiting}`;
const lagSinceSql = `SELECT received_at AS at ${waiting} ORDER BY seq LIMIT 1`;
/** The router does not read events from before the first delivery store: only a rebuild does. */
const unreadSql = "SELECT 1 FROM events WHERE seq > ? AND NOT EXISTS (SELECT 1 FROM routing) LIMIT 1";
