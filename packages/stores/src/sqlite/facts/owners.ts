import type { SQLInputValue } from "node:sqlite";
import { remembered } from "../remembered.js";
import type { Statements } from "../statements.js";
import { Description, isNewer, type Moment } from "./description.js";
import { indexWords, type WordTexts } from "./index-words.js";
import { companiesKind, type OwnerKind, peopleKind } from "./owner-kind.js";
import { finalRank, timeOf } from "./rank.js";
import type { Visit, VisitSums } from "./visit-sums.js";

/** The columns of a session that the sums of visits need. */
export const visitColumns = `started_at AS startedAt, source, medium, campaign, landing_page AS landingPage, referrer, country`;

/** The stored row, without the columns that its events describe. */
interface Row {
  readonly number: number;
  /** Number and time of the newest event. */
  seq: number;
  rank: number;
  sessions: number;
  pages: number;
  /** Of a company. */
  people: number;
  first_at: number;
  last_at: number;
  first_session: number | null;
  last_session: number | null;
  first_visit: number | null;
  last_visit: number | null;
  first_visit_at: number | null;
  last_visit_at: number | null;
  words: string;
}

type StoredRow = Row & { readonly sources: string | null } & Readonly<Record<string, SQLInputValue>>;

interface Owner extends Row {
  /** Undefined for a stored row. */
  readonly newKey: string | undefined;
  /** As stored, for the sums of visits, the search and the number of rows. */
  readonly before: Pick<Row, "first_visit" | "last_visit" | "words" | "sessions">;
  /** First and last visit before the transaction; undefined while their sessions are unchanged. */
  visits: { readonly first: Visit | undefined; readonly last: Visit | undefined } | undefined;
  readonly description: Description;
  /** Its first and last session must be found again. */
  endsUnknown: boolean;
  /** The newest event no longer counts. */
  lost: boolean;
}

/** An event that counts, by number and rank. */
export interface Ranked {
  readonly seq: number;
  readonly rank: number;
}

/** A session that an owner gets. */
export interface AddedSession extends Visit {
  readonly number: number;
  readonly bot: boolean;
  readonly pageCount: number;
}

/**
 * The people or the companies of one generation: the columns that their events describe, and the sums of their sessions. Collects the
 * changes of a transaction; `finish` stores them.
 */
export class Owners {
  readonly #statements: Statements;
  readonly #kind: OwnerKind;
  readonly #table: string;
  readonly #sums: VisitSums;
  readonly #words: WordTexts;
  readonly #sql;
  readonly #numbers = new Map<string, number>();
  readonly #owners = new Map<number, Owner>();
  /** By number. */
  readonly #added = new Map<number, Visit>();
  #newest: number | undefined;
  /** Change of the number of rows with a session: the others are in no list. */
  count = 0;

  constructor(statements: Statements, g: string, kind: OwnerKind, sums: VisitSums, words: WordTexts) {
    this.#statements = statements;
    this.#kind = kind;
    this.#table = `${g}_${kind.table}`;
    this.#sums = sums;
    this.#words = words;
    this.#sql = sqlOf[kind.table](g);
  }

  /** Returns the number of a key; a new one gets a row at the end of the transaction. */
  ensure(key: string | null | undefined): number | null {
    if (key === null || key === undefined) return null;
    let number = this.#numbers.get(key);
    if (number !== undefined) return number;
    number = this.#statements.get<{ number: number }>(this.#sql.find, key)?.number ?? this.#create(key);
    this.#numbers.set(key, number);
    return number;
  }

  /** Adds what an event describes: for each group of columns the newest event counts. */
  describe(number: number, { seq, rank }: Ranked, values: readonly SQLInputValue[]): void {
    const owner = this.#owner(number);
    const event = { seq, at: timeOf(rank) };
    owner.description.add(event, values);
    if (!isNewer(newestOf(owner), event)) Object.assign(owner, { seq, rank: event.at, lost: false });
  }

  /** To be called when an event does not count for the row any more. */
  release(number: number, seq: number): void {
    const owner = this.#owner(number);
    if (owner.seq === seq) owner.lost = true;
    owner.description.remove(seq);
  }

  /** To be called before a session of the row changes or is deleted. */
  removeSession(number: number, pageCount: number): void {
    const owner = this.#owner(number);
    owner.visits ??= this.#visitsBefore(owner);
    owner.endsUnknown = true;
    owner.sessions--;
    owner.pages -= pageCount;
  }

  /** Counts the people of a company. */
  addVisitors(number: number, count: number): void {
    this.#owner(number).people += count;
  }

  addSession(number: number, added: AddedSession): void {
    const { number: session, startedAt, bot, pageCount } = added;
    const owner = this.#owner(number);
    this.#added.set(session, added);
    owner.sessions++;
    owner.pages += pageCount;
    if (owner.endsUnknown) return;
    if (owner.sessions === 1) Object.assign(owner, { first_at: Infinity, last_at: -Infinity });
    const { first_at, last_at, first_visit_at, last_visit_at } = owner;
    const ends = [first_at, last_at, ...(bot ? [] : [first_visit_at, last_visit_at])];
    // Sessions that began at the same time are in the order of their ids.
    if (ends.includes(startedAt)) owner.endsUnknown = true;
    if (startedAt < first_at) Object.assign(owner, { first_at: startedAt, first_session: session });
    if (startedAt > last_at) Object.assign(owner, { last_at: startedAt, last_session: session });
    if (bot) return;
    if (startedAt < (first_visit_at ?? Infinity))
      Object.assign(owner, { first_visit_at: startedAt, first_visit: session });
    if (startedAt > (last_visit_at ?? -Infinity))
      Object.assign(owner, { last_visit_at: startedAt, last_visit: session });
  }

  /** Stores the changes. @param describeAgain describes a row by an event that is not its newest */
  finish(describeAgain: (event: Ranked) => void): void {
    for (const owner of this.#owners.values()) {
      if (owner.lost && !this.#settle(owner)) continue;
      if (owner.description.incomplete) this.#complete(owner, describeAgain);
      if (owner.endsUnknown) this.#findEnds(owner);
      if (owner.sessions === 0) owner.first_at = owner.last_at = timeOf(owner.rank);
      this.#moveVisits(owner);
      this.#store(owner);
      indexWords(this.#statements, this.#table, owner.number, owner.before.words, owner.words);
    }
    this.#owners.clear();
    this.#added.clear();
    this.#numbers.clear();
    this.#newest = undefined;
  }

  /** Returns false for a row that no event describes: it is deleted. */
  #settle(owner: Owner): boolean {
    const [newest] = this.#newestEvents(owner, 1);
    if (newest !== undefined) {
      Object.assign(owner, { seq: newest.seq, rank: timeOf(newest.rank) });
      return true;
    }
    owner.first_visit = owner.last_visit = null;
    this.#moveVisits(owner);
    if (owner.newKey !== undefined) return false;
    indexWords(this.#statements, this.#table, owner.number, owner.before.words, "");
    this.#statements.run(this.#sql.delete, owner.number);
    if (owner.before.sessions > 0) this.count--;
    return false;
  }

  /** Fills the groups whose event no longer counts, from other events. */
  #complete(owner: Owner, describeAgain: (event: Ranked) => void): void {
    for (const event of this.#newestEvents(owner, mostRead)) {
      describeAgain(event);
      if (owner.description.isSettled({ seq: event.seq, at: timeOf(event.rank) })) break;
    }
  }

  #newestEvents({ number }: Owner, most: number): readonly Ranked[] {
    return this.#statements.all<Ranked>(this.#sql.newest, number, most, number, most, most);
  }

  #create(key: string): number {
    this.#newest ??= this.#statements.get<{ number: number }>(this.#sql.newestNumber)?.number ?? 0;
    const number = ++this.#newest;
    const description = new Description(this.#kind);
    this.#owners.set(number, { ...unknown, number, newKey: key, before: unknown, description });
    return number;
  }

  #owner(number: number): Owner {
    let owner = this.#owners.get(number);
    if (owner !== undefined) return owner;
    const row = this.#statements.get<StoredRow>(this.#sql.row, number) as StoredRow;
    const newest = { seq: row.seq, at: timeOf(row.rank) };
    const values = this.#kind.columns.map((column) => row[column] as SQLInputValue);
    const description = new Description(this.#kind, values, newest, row.sources);
    owner = { ...unknown, ...row, rank: newest.at, newKey: undefined, before: row, description };
    this.#owners.set(number, owner);
    return owner;
  }

  #findEnds(owner: Owner): void {
    const find = (sql: string) =>
      this.#statements.get<{ number: number; at: number; bot: number }>(sql, owner.number);
    const first = owner.sessions === 0 ? undefined : find(this.#sql.first);
    const last = first && find(this.#sql.last);
    const firstVisit = first?.bot === 0 ? first : first && find(this.#sql.firstVisit);
    const lastVisit = last?.bot === 0 ? last : firstVisit && find(this.#sql.lastVisit);
    Object.assign(owner, {
      first_session: first?.number ?? null,
      last_session: last?.number ?? null,
      first_at: first?.at ?? 0,
      last_at: last?.at ?? 0,
      first_visit: firstVisit?.number ?? null,
      last_visit: lastVisit?.number ?? null,
      first_visit_at: firstVisit?.at ?? null,
      last_visit_at: lastVisit?.at ?? null,
    });
  }

  #visitsBefore({ before }: Owner): NonNullable<Owner["visits"]> {
    const first = this.#visit(before.first_visit);
    const same = before.first_visit === before.last_visit;
    return { first, last: same ? first : this.#visit(before.last_visit) };
  }

  #moveVisits(owner: Owner): void {
    const { before, first_visit, last_visit, visits } = owner;
    // While no session has changed, the same number means the same visit.
    if (visits !== undefined || first_visit !== before.first_visit)
      this.#move(
        visits?.first ?? this.#visit(before.first_visit),
        this.#visit(first_visit),
        this.#kind.first,
      );
    if (visits !== undefined || last_visit !== before.last_visit)
      this.#move(visits?.last ?? this.#visit(before.last_visit), this.#visit(last_visit), this.#kind.last);
  }

  #move(before: Visit | undefined, after: Visit | undefined, column: OwnerKind["first" | "last"]): void {
    if (before !== undefined) this.#sums.add(before, column, -1);
    if (after !== undefined) this.#sums.add(after, column, 1);
  }

  #store(owner: Owner): void {
    const { newKey, number, description } = owner;
    const sums = summed.map((column) => owner[column]);
    this.count += Number(owner.sessions > 0) - Number(owner.before.sessions > 0);
    if (newKey === undefined && !description.changed) {
      const sources = description.sources(newestOf(owner));
      this.#statements.run(this.#sql.update, ...sums, sources, number);
      return;
    }
    owner.words = this.#words.of(...description.texts());
    const described = [owner.words, description.sources(newestOf(owner)), ...description.values];
    if (newKey === undefined) this.#statements.run(this.#sql.describe, ...sums, ...described, number);
    else this.#statements.run(this.#sql.insert, number, newKey, ...sums, ...described);
  }

  #visit(session: number | null): Visit | undefined {
    if (session === null) return undefined;
    return this.#added.get(session) ?? this.#statements.get<Visit>(this.#sql.visit, session);
  }
}

const summed = [
  "seq",
  "rank",
  "sessions",
  "pages",
  "people",
  "first_at",
  "last_at",
  "first_session",
  "last_session",
  "first_visit",
  "last_visit",
  "first_visit_at",
  "last_visit_at",
] as const;

/** At most so many events are read again when one no longer counts. */
const mostRead = 100;

function newestOf({ seq, rank }: Owner): Moment {
  return { seq, at: rank };
}

const unknown: Omit<Owner, "number" | "newKey" | "before" | "description"> & Owner["before"] = {
  seq: 0,
  rank: -1,
  sessions: 0,
  pages: 0,
  people: 0,
  first_at: 0,
  last_at: 0,
  first_session: null,
  last_session: null,
  first_visit: null,
  last_visit: null,
  first_visit_at: null,
  last_visit_at: null,
  words: "",
  visits: undefined,
  endsUnknown: false,
  lost: false,
};

function statementsOf(g: string, { table, column, columns: described }: OwnerKind) {
  const rows = `${g}_${table}`;
  const sessions = `${g}_sessions`;
  const end = (order: "ASC" | "DESC", condition = "") =>
    `SELECT number, started_at AS at, bot FROM ${sessions} INDEXED BY ${sessions}_by_${column}
      WHERE ${column} = ? ${condition} ORDER BY started_at ${order}, id ${order} LIMIT 1`;
  const set = (columns: readonly string[]) => columns.map((name) => `${name} = ?`).join(", ");
  const columns = ["number", "key", ...summed, "words", "sources", ...described];
  const newest = (condition: string) => `SELECT * FROM (
      SELECT seq, rank FROM ${g}_events INDEXED BY ${g}_events_by_${column}
      WHERE ${column} = ? AND rank ${condition} ORDER BY rank DESC, seq DESC LIMIT ?)`;
  return {
    find: `SELECT number FROM ${rows} WHERE key = ?`,
    row: `SELECT number, words, sources, ${[...summed, ...described].join(", ")} FROM ${rows} WHERE number = ?`,
    newestNumber: `SELECT max(number) AS number FROM ${rows}`,
    insert: `INSERT INTO ${rows} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    update: `UPDATE ${rows} SET ${set([...summed, "sources"])} WHERE number = ?`,
    describe: `UPDATE ${rows} SET ${set([...summed, "words", "sources", ...described])} WHERE number = ?`,
    delete: `DELETE FROM ${rows} WHERE number = ?`,
    // By time: a rank begins with whether the event is final.
    newest: `SELECT * FROM (${newest(`>= ${finalRank}`)} UNION ALL ${newest(`< ${finalRank}`)})
      ORDER BY rank % ${finalRank} DESC, seq DESC LIMIT ?`,
    first: end("ASC"),
    last: end("DESC"),
    firstVisit: end("ASC", "AND bot = 0"),
    lastVisit: end("DESC", "AND bot = 0"),
    visit: `SELECT ${visitColumns} FROM ${sessions} WHERE number = ?`,
  };
}

const sqlOf = {
  people: remembered((g) => statementsOf(g, peopleKind)),
  companies: remembered((g) => statementsOf(g, companiesKind)),
};
