import type { Derive, DerivedRecords, PageView, SessionRow } from "@sessionhook/core";
import type { SQLInputValue } from "node:sqlite";
import { isComplete, mergeRecords, mostMerged } from "../../facts/merge-records.js";
import { remembered } from "../remembered.js";
import type { Statements } from "../statements.js";
import { indexWords, wordRows, WordTexts } from "./index-words.js";
import { NewSessions } from "./new-sessions.js";
import { companiesKind, companyValues, peopleKind, personValues } from "./owner-kind.js";
import { Owners, type Ranked, visitColumns } from "./owners.js";
import { rankOf, timeOf } from "./rank.js";
import { References } from "./references.js";
import { pageColumns, pagesPerSession, sessionColumns } from "./schema.js";
import { type Visit, VisitSums } from "./visit-sums.js";

interface EventRow {
  readonly session: number | null;
  readonly person: number | null;
  readonly company: number | null;
}

interface Current extends Visit {
  readonly number: number;
  readonly seq: number;
  readonly rank: number;
  readonly person: number | null;
  readonly company: number | null;
  readonly pageCount: number;
  readonly bot: number;
  readonly words: string;
}

/** An event that counts, with the rows it refers to. */
interface Counting {
  readonly seq: number;
  readonly rank: number;
  readonly person: number | null;
  readonly company: number | null;
  readonly records: DerivedRecords;
}

/**
 * Writes one generation of the derived tables. Of the events of a session the one of the highest precedence counts, with the
 * person and company of others if it has none, also of events that refer to it; all are stored as rows of `events`, so that
 * the session is written again when one is deleted. Call `finish` before the commit.
 */
export class TableWriter {
  readonly #statements: Statements;
  readonly #generation: number;
  readonly #g: string;
  readonly #derive: Derive;
  readonly #sums = new VisitSums();
  readonly #people: Owners;
  readonly #companies: Owners;
  readonly #new: NewSessions;
  readonly #references: References;
  readonly #words = new WordTexts();
  readonly #sql;
  #sessions = 0;
  #newest: number | undefined;
  #lastEvent: number | undefined;

  constructor(statements: Statements, generation: number, derive: Derive) {
    this.#statements = statements;
    this.#generation = generation;
    this.#g = `g${generation}`;
    this.#derive = derive;
    this.#people = new Owners(statements, this.#g, peopleKind, this.#sums, this.#words);
    this.#companies = new Owners(statements, this.#g, companiesKind, this.#sums, this.#words);
    this.#new = new NewSessions(statements, this.#g);
    this.#references = new References(statements, this.#g);
    this.#sql = sqlOf(this.#g);
  }

  /** Stores the records of an event in place of those it had. */
  put(seq: number, records: DerivedRecords | undefined): void {
    this.#lastEvent ??= this.#statements.get<{ seq: number | null }>(this.#sql.lastEvent)?.seq ?? 0;
    if (seq <= this.#lastEvent) this.remove(seq);
    if (records === undefined) return;
    this.#lastEvent = Math.max(this.#lastEvent, seq);
    const { session } = records;
    const rank = rankOf(records);
    const current = this.#currentOf(session?.id);
    if (current !== undefined) return this.#join(current, { seq, rank }, records);
    const merged = session === undefined ? records : mergeRecords([records], this.#naming(session.id));
    const person = this.#people.ensure(merged.person?.key);
    const company = this.#companies.ensure(merged.company?.key);
    const counting = { seq, rank, person, company, records: merged };
    const number = session === undefined ? null : this.#replace(undefined, counting);
    this.#new.addEvent([seq, number, rank, person, company]);
    this.#describe(counting);
    if (records.namedSession !== undefined) this.#refer(records.namedSession, { seq, rank }, records);
  }

  /** Stores that an event refers to a session, which may come later. */
  #refer(id: string, { seq, rank }: Ranked, records: DerivedRecords): void {
    this.#references.add({ seq, rank }, id);
    const current = this.#current(id);
    if (current !== undefined) this.#recount(current, new Map([[seq, records]]));
  }

  /** Returns the records of the events that refer to a session. */
  #naming(session: string, known?: ReadonlyMap<number, DerivedRecords>): DerivedRecords[] {
    const events = this.#references.to(session);
    return events.flatMap(({ seq }) => known?.get(seq) ?? this.#recordsOf(seq) ?? []);
  }

  #currentOf(id: string | undefined): Current | undefined {
    return id === undefined ? undefined : this.#current(id);
  }

  #current(id: string): Current | undefined {
    if (this.#new.has(id)) this.#new.insert();
    return this.#statements.get<Current>(this.#sql.current, id);
  }

  /** Stores a further event of a session. */
  #join(current: Current, { seq, rank }: Ranked, records: DerivedRecords): void {
    this.#statements.run(this.#sql.addEvent, seq, current.number, rank, null, null);
    const older = current.rank > rank || (current.rank === rank && current.seq > seq);
    const top = older ? this.#recordsOf(current.seq) : undefined;
    if (top !== undefined && isComplete([top], timeOf(rank))) return;
    const known = new Map([[seq, records]]);
    this.#recount(current, top === undefined ? known : known.set(current.seq, top));
  }

  /** Deletes what was derived from an event; another event of its session counts from then on. */
  remove(seq: number): void {
    this.#new.insert();
    const event = this.#statements.get<EventRow>(this.#sql.event, seq);
    if (event === undefined) return;
    this.#statements.run(this.#sql.deleteEvent, seq);
    const current =
      event.session === null
        ? this.#currentOf(this.#references.remove(seq))
        : this.#statements.get<Current>(this.#sql.currentByNumber, event.session);
    if (current !== undefined) this.#recount(current);
    this.#release({ seq, ...event });
  }

  finish(): void {
    this.#new.insert();
    this.#people.finish((event) => {
      const counting = this.#countingOf(event);
      if (counting !== undefined) this.#describePerson(counting);
    });
    this.#companies.finish((event) => {
      const counting = this.#countingOf(event);
      if (counting !== undefined) this.#describeCompany(counting);
    });
    this.#sums.store(this.#statements, this.#g);
    const [people, companies] = [this.#people.count, this.#companies.count];
    if (this.#sessions !== 0 || people !== 0 || companies !== 0)
      this.#statements.run(countSql, this.#sessions, people, companies, this.#generation);
    this.#sessions = this.#people.count = this.#companies.count = 0;
    this.#newest = undefined;
    this.#words.forget();
  }

  /** Writes a session again from its events. @param known records of events */
  #recount(current: Current, known?: ReadonlyMap<number, DerivedRecords>): void {
    const next = this.#merged(current.number, known);
    this.#replace(current, next);
    const same = current.seq === next?.seq;
    if (!same) this.#statements.run(this.#sql.setOwners, null, null, current.seq);
    if (next !== undefined) {
      this.#statements.run(this.#sql.setOwners, next.person, next.company, next.seq);
      this.#describe(next);
    }
    this.#release({
      seq: current.seq,
      person: same && current.person === next.person ? null : current.person,
      company: same && current.company === next.company ? null : current.company,
    });
  }

  /** Returns the event that counts for a session, with the merged records of the session's events, derived again from their bodies. */
  #merged(session: number, known?: ReadonlyMap<number, DerivedRecords>): Counting | undefined {
    for (;;) {
      const events = this.#statements.all<Ranked>(this.#sql.eventsOf, session, mostMerged);
      if (events.length === 0) return undefined;
      const found: DerivedRecords[] = [];
      let top: Ranked | undefined;
      for (const [index, event] of events.entries()) {
        const records = known?.get(event.seq) ?? this.#recordsOf(event.seq);
        if (records?.session === undefined) {
          this.#statements.run(this.#sql.deleteEvent, event.seq);
          continue;
        }
        top ??= event;
        found.push(records);
        if (isComplete(found, newestOf(events.slice(index + 1)))) break;
      }
      if (top === undefined) continue;
      const id = found[0]?.session?.id;
      const records = mergeRecords(found, id === undefined ? [] : this.#naming(id, known));
      const person = this.#people.ensure(records.person?.key);
      return { ...top, person, company: this.#companies.ensure(records.company?.key), records };
    }
  }

  #recordsOf(seq: number): DerivedRecords | undefined {
    const row = this.#statements.get<{ id: string; raw: Uint8Array; receivedAt: number }>(bodySql, seq);
    return row === undefined ? undefined : this.#derive(row);
  }

  /** Writes the row of a session in place of the one it had, and the sums that depend on it. Returns its number. */
  #replace(current: Current | undefined, next: Counting | undefined): number {
    const session = next?.records.session;
    this.#sessions += (session === undefined ? 0 : 1) - (current === undefined ? 0 : 1);
    if (current !== undefined) {
      const { person, company, pageCount } = current;
      if (person !== null) this.#people.removeSession(person, pageCount);
      if (company !== null) this.#companies.removeSession(company, pageCount);
      if (current.bot === 0) this.#sums.add(current, "sessions", -1);
    }
    const joins = next !== undefined && this.#isNewPair(next);
    const number = this.#write(current, next);
    if (joins) this.#companies.addVisitors(next.company as number, 1);
    if (current !== undefined && this.#isNewPair(current))
      this.#companies.addVisitors(current.company as number, -1);
    if (session === undefined) return number;
    const added = { ...session, number };
    if (next?.person !== null && next !== undefined) this.#people.addSession(next.person, added);
    if (next?.company !== null && next !== undefined) this.#companies.addSession(next.company, added);
    if (!session.bot) this.#sums.add(session, "sessions", 1);
    return number;
  }

  /** True if both are known, and no session has them. */
  #isNewPair({ person, company }: { person: number | null; company: number | null }): boolean {
    if (person === null || company === null || this.#new.hasPair(company, person)) return false;
    return this.#statements.get(this.#sql.pair, company, person) === undefined;
  }

  #write(current: Current | undefined, next: Counting | undefined): number {
    const table = `${this.#g}_sessions`;
    if (next?.records.session === undefined) {
      const { number, words } = current as Current;
      indexWords(this.#statements, table, number, words, "");
      this.#deletePages(number);
      this.#statements.run(this.#sql.deleteSession, number);
      return number;
    }
    const { session, pages } = next.records;
    const number = current?.number ?? this.#newNumber();
    const { personName, personEmail, companyName, companyDomain } = session;
    const words = this.#words.of(personName, personEmail, companyName, companyDomain);
    const row = [number, ...valuesOf(session, next, words)];
    const pageRows = pageRowsOf(number, pages);
    if (current === undefined) {
      const { id } = session;
      this.#new.add({ ...next, id, session: row, pages: pageRows, words: wordRows(words, number) });
      return number;
    }
    this.#statements.run(this.#sql.replace, ...row);
    indexWords(this.#statements, table, number, current.words, words);
    this.#deletePages(number);
    this.#statements.insert(`${this.#g}_pages`, pageColumns, pageRows);
    return number;
  }

  #newNumber(): number {
    this.#newest ??= this.#statements.get<{ number: number }>(this.#sql.newestNumber)?.number ?? 0;
    return ++this.#newest;
  }

  #deletePages(number: number): void {
    this.#statements.run(this.#sql.deletePages, number * pagesPerSession, (number + 1) * pagesPerSession);
  }

  #describe(counting: Counting): void {
    this.#describeCompany(counting);
    this.#describePerson(counting);
  }

  #describeCompany({ company, records: { company: firm }, ...event }: Counting): void {
    if (firm === undefined || company === null) return;
    this.#companies.describe(company, event, companyValues(firm));
  }

  #describePerson({ person, company, records, ...event }: Counting): void {
    const { person: who, company: firm } = records;
    if (who === undefined || person === null) return;
    this.#people.describe(person, event, personValues(who, who.company === null ? null : company, firm));
  }

  /** To be called when an event does not count any more: what it describes must be described by another one. */
  #release({ seq, person, company }: Pick<Current, "seq" | "person" | "company">): void {
    if (person !== null) this.#people.release(person, seq);
    if (company !== null) this.#companies.release(company, seq);
  }

  /** Returns a stored event that counts, derived again from its body, or from those of its session. */
  #countingOf(event: Ranked): Counting | undefined {
    const row = this.#statements.get<EventRow>(this.#sql.event, event.seq);
    if (row === undefined) return undefined;
    const records = row.session === null ? this.#recordsOf(event.seq) : this.#merged(row.session)?.records;
    return records && { ...event, person: row.person, company: row.company, records };
  }
}

/** Returns the time of the newest event. */
function newestOf(events: readonly Ranked[]): number {
  return Math.max(-Infinity, ...events.map(({ rank }) => timeOf(rank)));
}

/** Returns the values of the rows of page views. */
function pageRowsOf(session: number, pages: readonly PageView[]): SQLInputValue[] {
  const first = session * pagesPerSession;
  return pages
    .slice(0, pagesPerSession)
    .flatMap(({ position, at, path, url, title, seconds }) => [
      first + position,
      at,
      path,
      url,
      title,
      seconds,
    ]);
}

function valuesOf(
  session: SessionRow,
  { seq, rank, person, company }: Counting,
  words: string,
): SQLInputValue[] {
  return [
    session.id,
    seq,
    rank,
    session.startedAt,
    Number(session.bot),
    person,
    company,
    session.pageCount,
    session.source,
    session.medium,
    session.campaign,
    session.landingPage,
    session.referrer,
    session.country,
    session.visitorId,
    session.companyEmployeeCount,
    words,
    session.endedAt,
    session.finalizedAt,
    session.durationSeconds,
    session.term,
    session.content,
    session.city,
    session.device,
    session.browser,
    session.os,
    session.botScore,
    Number(session.corporateProxy),
    session.personName,
    session.personTitle,
    session.personEmail,
    session.companyName,
    session.companyDomain,
  ];
}

const places = Array.from({ length: sessionColumns }, () => "?").join(", ");

const sqlOf = remembered((g) => {
  const current = `SELECT number, seq, rank, person, company, page_count AS pageCount, bot, words, ${visitColumns}
    FROM ${g}_sessions`;
  return {
    event: `SELECT session, person, company FROM ${g}_events WHERE seq = ?`,
    lastEvent: `SELECT max(seq) AS seq FROM ${g}_events`,
    addEvent: `INSERT INTO ${g}_events (seq, session, rank, person, company) VALUES (?, ?, ?, ?, ?)`,
    setOwners: `UPDATE ${g}_events SET person = ?, company = ? WHERE seq = ?`,
    deleteEvent: `DELETE FROM ${g}_events WHERE seq = ?`,
    eventsOf: `SELECT seq, rank FROM ${g}_events INDEXED BY ${g}_events_by_session
      WHERE session = ? ORDER BY rank DESC, seq DESC LIMIT ?`,
    current: `${current} WHERE id = ?`,
    currentByNumber: `${current} WHERE number = ?`,
    newestNumber: `SELECT max(number) AS number FROM ${g}_sessions`,
    replace: `REPLACE INTO ${g}_sessions VALUES (${places})`,
    deleteSession: `DELETE FROM ${g}_sessions WHERE number = ?`,
    deletePages: `DELETE FROM ${g}_pages WHERE number >= ? AND number < ?`,
    pair: `SELECT 1 FROM ${g}_sessions INDEXED BY ${g}_sessions_by_pair WHERE company = ? AND person = ? LIMIT 1`,
  };
});

const countSql = `UPDATE derivation SET sessions = sessions + ?, people = people + ?, companies = companies + ?
  WHERE generation = ?`;
const bodySql = `SELECT e.id, r.raw, e.received_at AS receivedAt FROM events AS e JOIN received AS r ON r.seq = e.seq
  WHERE e.seq = ?`;
