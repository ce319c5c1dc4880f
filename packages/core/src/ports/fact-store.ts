import type { AttributionKey } from "../fixed-values.js";
import type { EventSummary, StoredEvent } from "./event-log.js";

/** All times are Unix milliseconds. Absent values are null. */

/** Origin of a session. Values are as received, bounded, and compared exactly. */
export interface Touch {
  /** `utm_source`; else the domain of the referrer; null for a direct visit. */
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  /** Path of the first page. */
  readonly landingPage: string | null;
  /** Registrable domain of the page, or package name of the Android app, that the visitor came from. */
  readonly referrer: string | null;
  /** ISO 3166-1 alpha-2 code of the country of the visit. */
  readonly country: string | null;
}

/** One session, from its newest event. */
export interface SessionRow extends Touch {
  /** Id of the session; that of the event for a session without one. */
  readonly id: string;
  /** Message id of the event that the row was derived from. */
  readonly eventId: string;
  readonly eventType: string;
  readonly visitorId: string | null;
  /** Start of the session; for one without a start the creation of its event. Sorts the list. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Time at which the record was made final; null before that, such as for `identity.resolved`. */
  readonly finalizedAt: number | null;
  readonly durationSeconds: number | null;
  readonly pageCount: number;
  readonly term: string | null;
  readonly content: string | null;
  readonly city: string | null;
  readonly device: string | null;
  readonly browser: string | null;
  readonly os: string | null;
  readonly botScore: number | null;
  /** Judged to be a bot: hidden by default. */
  readonly bot: boolean;
  readonly corporateProxy: boolean;
  /** Key of the person; null for a visitor who was not identified. */
  readonly person: string | null;
  readonly personName: string | null;
  readonly personTitle: string | null;
  readonly personEmail: string | null;
  /** Key of the company. */
  readonly company: string | null;
  readonly companyName: string | null;
  readonly companyDomain: string | null;
  readonly companyEmployeeCount: number | null;
}

/** One page of a session, in the order of the visit. */
export interface PageView {
  readonly position: number;
  readonly at: number;
  readonly path: string;
  readonly url: string;
  readonly title: string | null;
  /** Time until the next signal of the session or its end, in seconds; null if unknown. */
  readonly seconds: number | null;
}

/** The common part of people and companies: the sum of their sessions. Sessions of bots count too. */
export interface VisitSummary {
  /** Opaque, stable: derived from the identity, not from the order of events. */
  readonly key: string;
  readonly name: string | null;
  readonly sessions: number;
  readonly pages: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Origin of the earliest and of the latest session. */
  readonly first: Touch;
  readonly last: Touch;
}

/** One identified person. Each value is that of the newest event that has one. */
export interface PersonRow extends VisitSummary {
  readonly title: string | null;
  readonly seniority: string | null;
  readonly email: string | null;
  readonly emailStatus: string | null;
  readonly linkedinUrl: string | null;
  readonly country: string | null;
  readonly city: string | null;
  /** Key, name and domain of the company of the newest event that names one. */
  readonly company: string | null;
  readonly companyName: string | null;
  readonly companyDomain: string | null;
}

/** One company. Each value is that of the newest event that has one. */
export interface CompanyRow extends VisitSummary {
  readonly domain: string | null;
  readonly industry: string | null;
  readonly employeeCount: number | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly linkedinUrl: string | null;
  readonly fundingTotalUsd: number | null;
  readonly monthlyVisitors: number | null;
  /** Number of identified people with a session of this company. */
  readonly people: number;
}

/** Description of a person by an event; their sums come from the sessions. */
export type PersonRecord = Omit<
  PersonRow,
  Exclude<keyof VisitSummary, "key" | "name"> | "companyName" | "companyDomain"
>;

/** Description of a company by an event; its sums come from the sessions. */
export type CompanyRecord = Omit<CompanyRow, Exclude<keyof VisitSummary, "key" | "name"> | "people">;

/** Everything that the derived tables store about one event. */
export interface DerivedRecords {
  /** Undefined for an event without a session, such as `identity.enriched`: it only completes person and company. */
  readonly session: SessionRow | undefined;
  /** Id of the session that an event without one refers to. A session whose own events name no person has the one of such events. */
  readonly namedSession?: string | undefined;
  /** Results of `identity.validated` for addresses: the newest one counts for the person of the session who has the address. */
  readonly checks?: readonly { readonly address: string; readonly status: string }[] | undefined;
  readonly pages: readonly PageView[];
  readonly person: PersonRecord | undefined;
  readonly company: CompanyRecord | undefined;
  /**
   * Decides between several events of one session, person or company: the higher one wins, then the later in the log. A
   * final record has precedence over any that is not; then `finalizedAt`, else the creation of the event.
   */
  readonly precedence: { readonly final: boolean; readonly at: number };
}

/**
 * Selects by time and origin. An absent field selects all; times are from inclusive, to exclusive. An empty text for source,
 * medium, campaign, landing page, referrer or country selects rows without a value, such as direct visits.
 */
export interface VisitFilter {
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly source?: string | undefined;
  readonly medium?: string | undefined;
  readonly campaign?: string | undefined;
  readonly landingPage?: string | undefined;
  readonly referrer?: string | undefined;
  readonly country?: string | undefined;
  /** Beginnings of words of a name, an e-mail address, a company or a domain, or the beginning of an id. */
  readonly q?: string | undefined;
}

export interface SessionFilter extends VisitFilter {
  readonly identified?: boolean | undefined;
  /** Employees of the company: from inclusive, to exclusive. */
  readonly employeesFrom?: number | undefined;
  readonly employeesTo?: number | undefined;
  /** `without` is the default of pages; absent selects all. */
  readonly bots?: "without" | "only" | undefined;
  readonly person?: string | undefined;
  readonly company?: string | undefined;
  readonly visitorId?: string | undefined;
}

/** For people and companies, time and origin are those of their last session. */
export interface SummaryFilter extends VisitFilter {
  /** People: key of their company. */
  readonly company?: string | undefined;
  readonly employeesFrom?: number | undefined;
  readonly employeesTo?: number | undefined;
}

/** At least one key is set. */
export interface EventsOfQuery extends Paging {
  readonly person?: string | undefined;
  readonly company?: string | undefined;
}

export interface Paging {
  /** 1 to 500. */
  readonly limit: number;
  /** Of the page before; opaque. */
  readonly cursor?: string | undefined;
}

/**
 * A page, newest first. Reading stops at a limit of rows examined: a page can be short or empty and still have a `nextCursor`.
 */
export interface RowPage<Row> {
  readonly rows: readonly Row[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
  /** Set if reading stopped at the limit: rows from before this time were not examined. */
  readonly examinedTo: number | null;
}

export type AttributionModel = "first" | "last";
export type { AttributionKey } from "../fixed-values.js";

export interface AttributionQuery {
  /** People and companies count for the origin of their first or last session, if that lies in the range. */
  readonly model: AttributionModel;
  readonly by: AttributionKey;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Values with the most sessions, 1 to 500; the others are summed up. */
  readonly limit: number;
}

/** Sessions of bots do not count. */
export interface AttributionRow {
  /** Null: without this value, such as a direct visit. */
  readonly value: string | null;
  readonly sessions: number;
  readonly people: number;
  readonly companies: number;
}

export interface AttributionTable {
  /** Most sessions first, then most people, then by value. */
  readonly rows: readonly AttributionRow[];
  /** Sum of the values that `limit` left out; null if there are none. */
  readonly others: (Omit<AttributionRow, "value"> & { readonly values: number }) | null;
  readonly total: Omit<AttributionRow, "value">;
  /** Sessions by day (UTC), oldest first, without empty days; at most the last 400 days of the range. */
  readonly days: readonly { readonly day: number; readonly sessions: number; readonly people: number }[];
}

/** State of the derived tables. */
export interface DerivationStatus {
  readonly sessions: number;
  /** People and companies with a session, as in the lists. */
  readonly people: number;
  readonly companies: number;
  /** Null unless a rebuild is unfinished. */
  readonly rebuild: RebuildProgress | null;
  /** True while tables of before a rebuild are deleted. */
  readonly deleting: boolean;
  /** Accepted events that are routed and not in the tables yet. */
  readonly lag: number;
  /** Time at which the oldest of them arrived, in Unix milliseconds; null if there are none. */
  readonly lagSince: number | null;
  /** Older events are missing, or derived only in part, as after an upgrade: `sessionhook derive rebuild` reads them. */
  readonly incomplete: boolean;
}

export interface RebuildProgress {
  readonly startedAt: number;
  /** Events read so far, and all that were in the log at the start. */
  readonly read: number;
  readonly total: number;
  readonly done: boolean;
}

/** Identifies a person, for export and erasure. Exactly one field is set. */
export interface PersonQuery {
  /** Any case. */
  readonly email?: string | undefined;
  readonly linkedin?: string | undefined;
  readonly visitorId?: string | undefined;
  readonly sessionId?: string | undefined;
}

/** The columns of a stored event from which everything is derived. */
export type StoredBody = Pick<StoredEvent, "id" | "raw" | "receivedAt">;

export type Derive = (event: StoredBody) => DerivedRecords | undefined;
export type DeriveAll = (events: readonly StoredBody[]) => Promise<readonly (DerivedRecords | undefined)[]>;

/**
 * The port to derived tables: sessions, people, companies. It shares its store with an `EventLog` and a `DeliveryStore`, whose
 * `plan` and `deriveRouted` write the records of newly routed events. Every driver passes the fact-store suite of `@sessionhook/conformance`.
 * Methods reject with `StoreError` if the operation fails, with `invalid_cursor` for a cursor of another list.
 */
export interface FactStore {
  sessions(query: SessionFilter & Paging): Promise<RowPage<SessionRow>>;
  /** Returns the session with its page views; at most 500. */
  session(id: string): Promise<(SessionRow & { readonly pages: readonly PageView[] }) | undefined>;
  /** Returns the session that was derived from an event, or to which the event refers. */
  sessionOfEvent(eventId: string): Promise<SessionRow | undefined>;
  /**
   * Returns the events of the sessions of a person and a company, and those without a session that name them, newest first in
   * order of arrival.
   */
  eventsOf(query: EventsOfQuery): Promise<RowPage<EventSummary>>;
  /** Returns people with a session. */
  people(query: SummaryFilter & Paging): Promise<RowPage<PersonRow>>;
  person(key: string): Promise<PersonRow | undefined>;
  /** Returns companies with a session. */
  companies(query: SummaryFilter & Paging): Promise<RowPage<CompanyRow>>;
  company(key: string): Promise<CompanyRow | undefined>;
  attribution(query: AttributionQuery): Promise<AttributionTable>;
  /** Most frequent values of the last 90 days, for the filters of pages; at most 50 each. */
  values(by: AttributionKey): Promise<readonly string[]>;
  status(): Promise<DerivationStatus>;

  /**
   * Empties the derived tables beside the live ones and reads the log from its start; `rebuildStep` continues until `done`,
   * then the new tables take the place of the old ones. A rebuild that is under way is continued.
   */
  startRebuild(now: number): Promise<RebuildProgress>;
  /**
   * Derives the next accepted events of the log, at most `limit`, in one transaction.
   * @param derive returns the records of an event; undefined if it has none
   * @param deriveAll does the same for many events elsewhere, such as in another thread. A store can then derive the events of the
   * next step while it writes those of this one
   */
  rebuildStep(limit: number, derive: Derive, deriveAll?: DeriveAll): Promise<RebuildProgress>;

  close(): Promise<void>;
}
