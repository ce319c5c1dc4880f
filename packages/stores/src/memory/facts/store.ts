import {
  type AttributionKey,
  type AttributionQuery,
  type AttributionTable,
  type CompanyRow,
  type DerivationStatus,
  type Derive,
  type EventsOfQuery,
  type EventSummary,
  type FactStore,
  type PageView,
  type Paging,
  type PersonRow,
  type RebuildProgress,
  type RowPage,
  type SessionFilter,
  type SessionRow,
  StoreError,
  type SummaryFilter,
} from "@sessionhook/core";
import { checkAttribution } from "../../facts/attribution.js";
import { compareText, cursorAfter, type ListName, pageQuery, type Place } from "../../facts/cursor.js";
import { limited } from "../../deliveries/rules.js";
import { summaryOf } from "../append-events.js";
import { attribution, values } from "./attribution.js";
import { type MemoryFacts, progressOf } from "./data.js";
import { companyMatches, personMatches, sessionMatches } from "./filter.js";
import type { Found, Tables } from "./tables.js";

/** The fact store of an event log in memory: sorts and filters arrays. */
export class MemoryFactStore implements FactStore {
  readonly #shared: MemoryFacts;
  #closed = false;

  constructor(facts: MemoryFacts) {
    this.#shared = facts;
  }

  get #facts(): MemoryFacts {
    if (this.#closed) throw new StoreError("store_unavailable", "The store is closed");
    return this.#shared;
  }

  get #tables(): Tables {
    return this.#facts.tables;
  }

  async sessions(query: SessionFilter & Paging): Promise<RowPage<SessionRow>> {
    const placeOf = ({ startedAt, id }: SessionRow): Place => ({ at: startedAt, id });
    return pageOf("sessions", this.#tables.sessions, query, sessionMatches(query), placeOf);
  }

  async session(id: string): Promise<(SessionRow & { readonly pages: readonly PageView[] }) | undefined> {
    const { sessions, pages } = this.#tables;
    const found = sessions.find(({ row }) => row.id === id);
    return found && structuredClone({ ...found.row, pages: pages.get(id) ?? [] });
  }

  async sessionOfEvent(eventId: string): Promise<SessionRow | undefined> {
    const arrival = this.#facts.log.byId.get(eventId)?.[0]?.arrival;
    const id = arrival === undefined ? undefined : this.#facts.sessionIdOf(arrival);
    return structuredClone(this.#tables.sessions.find(({ row }) => row.id === id)?.row);
  }

  async eventsOf(query: EventsOfQuery): Promise<RowPage<EventSummary>> {
    const { limit, after } = pageQuery("events", query);
    const { log } = this.#facts;
    const rows = this.#facts
      .arrivalsOf(query.person, query.company)
      .flatMap((arrival) => log.rows[arrival - 1] ?? [])
      .filter(({ arrival }) => after === undefined || arrival < after.at);
    const last = rows[limit - 1];
    const more = rows.length > limit && last !== undefined;
    const nextCursor = more ? cursorAfter("events", { at: last.arrival, id: "" }) : null;
    return { rows: rows.slice(0, limit).map(summaryOf), nextCursor, examinedTo: null };
  }

  async people(query: SummaryFilter & Paging): Promise<RowPage<PersonRow>> {
    return pageOf("people", this.#tables.people, query, personMatches(query), placeOfSummary);
  }

  async person(key: string): Promise<PersonRow | undefined> {
    return structuredClone(this.#tables.people.find(({ row }) => row.key === key)?.row);
  }

  async companies(query: SummaryFilter & Paging): Promise<RowPage<CompanyRow>> {
    return pageOf("companies", this.#tables.companies, query, companyMatches(query), placeOfSummary);
  }

  async company(key: string): Promise<CompanyRow | undefined> {
    return structuredClone(this.#tables.companies.find(({ row }) => row.key === key)?.row);
  }

  async attribution(query: AttributionQuery): Promise<AttributionTable> {
    checkAttribution(query);
    return attribution(this.#tables, query);
  }

  async values(by: AttributionKey): Promise<readonly string[]> {
    return values(this.#tables, by);
  }

  async status(): Promise<DerivationStatus> {
    const { tables, rebuild, incomplete } = this.#facts;
    return {
      sessions: tables.sessions.length,
      people: visited(tables.people),
      companies: visited(tables.companies),
      rebuild: rebuild === undefined ? null : progressOf(rebuild, false),
      // Tables are written with the routing, and old ones need not be deleted.
      lag: 0,
      lagSince: null,
      deleting: false,
      incomplete,
    };
  }

  async startRebuild(now: number): Promise<RebuildProgress> {
    return progressOf(this.#facts.start(now), false);
  }

  async rebuildStep(limit: number, derive: Derive): Promise<RebuildProgress> {
    const facts = this.#facts;
    const { rebuild } = facts;
    if (rebuild === undefined) return { startedAt: 0, read: 0, total: 0, done: true };
    const last = facts.routed?.() ?? facts.log.rows.length;
    for (let derived = 0; rebuild.position < last && derived < limited(limit);) {
      const row = facts.log.rows[rebuild.position++];
      if (row?.status !== "accepted") continue;
      derived++;
      rebuild.read++;
      const records = derive(row);
      if (records !== undefined) rebuild.records.set(row.arrival, structuredClone(records));
    }
    const done = rebuild.position >= last;
    if (done) facts.finish(rebuild);
    return progressOf(rebuild, done);
  }

  async close(): Promise<void> {
    this.#closed = true;
  }
}

function visited(found: readonly { readonly row: PersonRow | CompanyRow }[]): number {
  return found.filter(({ row }) => row.sessions > 0).length;
}

function placeOfSummary({ lastAt, key }: PersonRow | CompanyRow): Place {
  return { at: lastAt, id: key };
}

function pageOf<Row>(
  list: ListName,
  all: readonly Found<Row>[],
  query: Paging,
  matches: (found: Found<Row>) => boolean,
  placeOf: (row: Row) => Place,
): RowPage<Row> {
  const { limit, after } = pageQuery(list, query);
  const follows = ({ at, id }: Place) =>
    after === undefined || at < after.at || (at === after.at && compareText(id, after.id) < 0);
  const found = all.filter((each) => follows(placeOf(each.row)) && matches(each)).map(({ row }) => row);
  const rows = structuredClone(found.slice(0, limit));
  const last = rows.at(-1);
  const more = found.length > limit && last !== undefined;
  return { rows, nextCursor: more ? cursorAfter(list, placeOf(last)) : null, examinedTo: null };
}
