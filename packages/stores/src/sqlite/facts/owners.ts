import type { CompanyRecord, PersonRecord } from "@sessionhook/core";
import type { SQLInputValue } from "node:sqlite";
import type { Statements } from "../statements.js";
import { timeOf } from "./rank.js";
import type { Visit, VisitSums } from "./visit-sums.js";

interface OwnerRow {
  readonly number: number;
  readonly seq: number;
  readonly rank: number;
  readonly sessions: number;
  readonly first_visit: number | null;
  readonly last_visit: number | null;
  readonly words: string;
}

/** First and last visit of a person or company. */
export interface Visits {
  readonly first: Visit | undefined;
  readonly last: Visit | undefined;
}

interface Kind {
  readonly table: "people" | "companies";
  /** Column of a session that refers to it. */
  readonly column: "person" | "company";
  readonly first: "firstPeople" | "firstCompanies";
  readonly last: "lastPeople" | "lastCompanies";
}

export const peopleKind: Kind = {
  table: "people",
  column: "person",
  first: "firstPeople",
  last: "lastPeople",
};
export const companiesKind: Kind = {
  table: "companies",
  column: "company",
  first: "firstCompanies",
  last: "lastCompanies",
};

/** The people or the companies of one generation: what their newest event says, and the sums of their sessions. */
export class Owners {
  readonly #statements: Statements;
  readonly #kind: Kind;
  readonly #words: string;
  readonly #sums: VisitSums;
  readonly #sql;
  /** Change of the number of rows. */
  count = 0;

  constructor(statements: Statements, g: string, kind: Kind, sums: VisitSums) {
    this.#statements = statements;
    this.#kind = kind;
    this.#sums = sums;
    this.#words = `${g}_${kind.table}_words`;
    this.#sql = statementsOf(g, kind);
  }

  /** Returns the number of a key; adds a row for a new one. */
  ensure(key: string | null | undefined): number | null {
    if (key === null || key === undefined) return null;
    const { number } = this.#statements.get<{ number: number }>(this.#sql.find, key) ?? {};
    if (number !== undefined) return number;
    this.count++;
    return (this.#statements.get<{ number: number }>(this.#sql.insert, key) as { number: number }).number;
  }

  /** Stores what an event says, unless a newer one was stored. */
  describe(number: number, seq: number, rank: number, values: readonly SQLInputValue[], words: string): void {
    const row = this.#row(number);
    if (row.rank > rank || (row.rank === rank && row.seq > seq)) return;
    this.#statements.run(this.#sql.describe, seq, rank, words, ...values, number);
    if (row.words !== words) this.#index(number, row.words, words);
    if (row.sessions === 0) this.#statements.run(this.#sql.setTime, timeOf(rank), timeOf(rank), number);
  }

  /** True if an event is the one that describes the row. */
  isDescribedBy(number: number, seq: number): boolean {
    return this.#row(number).seq === seq;
  }

  /** Returns the newest event that counts for the row. */
  newestEvent(number: number): { readonly seq: number; readonly rank: number } | undefined {
    return this.#statements.get(this.#sql.newest, number);
  }

  /** Lets another event describe the row, even an older one. */
  setEvent(number: number, { seq, rank }: { readonly seq: number; readonly rank: number }): void {
    this.#statements.run(this.#sql.setEvent, seq, rank, number);
  }

  delete(number: number): void {
    this.#index(number, this.#row(number).words, "");
    this.#statements.run(this.#sql.delete, number);
    this.count--;
  }

  visits(number: number): Visits {
    const { first_visit, last_visit } = this.#row(number);
    const first = this.#visit(first_visit);
    return { first, last: first_visit === last_visit ? first : this.#visit(last_visit) };
  }

  /** Updates the sums of a row after its sessions have changed. */
  refresh(number: number, before: Visits, sessions: number, pages: number): void {
    const { get, run } = this.#bound;
    const first = get(this.#sql.first, number);
    const last = first && get(this.#sql.last, number);
    const firstVisit = first?.bot === 0 ? first : first && get(this.#sql.firstVisit, number);
    const lastVisit = last?.bot === 0 ? last : last && firstVisit && get(this.#sql.lastVisit, number);
    const { rank } = this.#row(number);
    run(
      this.#sql.refresh,
      sessions,
      pages,
      first?.number ?? null,
      last?.number ?? null,
      first?.started_at ?? timeOf(Math.max(0, rank)),
      last?.started_at ?? timeOf(Math.max(0, rank)),
      firstVisit?.number ?? null,
      lastVisit?.number ?? null,
      firstVisit?.started_at ?? null,
      lastVisit?.started_at ?? null,
      number,
    );
    const after = this.visits(number);
    this.#move(before.first, after.first, this.#kind.first);
    this.#move(before.last, after.last, this.#kind.last);
  }

  get #bound() {
    type End = { number: number; started_at: number; bot: number };
    return {
      get: (sql: string, number: number) => this.#statements.get<End>(sql, number),
      run: (sql: string, ...parameters: SQLInputValue[]) => this.#statements.run(sql, ...parameters),
    };
  }

  #move(before: Visit | undefined, after: Visit | undefined, column: Kind["first"] | Kind["last"]): void {
    if (before !== undefined) this.#sums.add(before, column, -1);
    if (after !== undefined) this.#sums.add(after, column, 1);
  }

  #row(number: number): OwnerRow {
    return this.#statements.get<OwnerRow>(this.#sql.row, number) as OwnerRow;
  }

  #visit(session: number | null): Visit | undefined {
    return session === null ? undefined : this.#statements.get<Visit>(this.#sql.visit, session);
  }

  #index(number: number, before: string, after: string): void {
    indexWords(this.#statements, this.#words, number, before, after);
  }
}

/** Replaces the words that a search finds a row by. */
export function indexWords(
  statements: Statements,
  table: string,
  number: number,
  before: string,
  after: string,
): void {
  if (before !== "")
    statements.run(`INSERT INTO ${table} (${table}, rowid, words) VALUES ('delete', ?, ?)`, number, before);
  if (after !== "") statements.run(`INSERT INTO ${table} (rowid, words) VALUES (?, ?)`, number, after);
}

/** The columns of a session that the sums of visits need. */
export const visitColumns = `started_at AS startedAt, source, medium, campaign, landing_page AS landingPage, referrer, country`;

const described = {
  people: [
    "name",
    "title",
    "seniority",
    "email",
    "email_status",
    "linkedin_url",
    "country",
    "city",
    "company",
  ],
  companies: [
    "name",
    "domain",
    "industry",
    "employee_count",
    "country",
    "city",
    "linkedin_url",
    "funding_total_usd",
    "monthly_visitors",
  ],
};

/** Returns the values that describe a person, in the order of the columns. */
export function personValues(record: PersonRecord, company: number | null): SQLInputValue[] {
  const { name, title, seniority, email, emailStatus, linkedinUrl, country, city } = record;
  return [name, title, seniority, email, emailStatus, linkedinUrl, country, city, company];
}

export function companyValues(record: CompanyRecord): SQLInputValue[] {
  const { name, domain, industry, employeeCount, country, city, linkedinUrl } = record;
  const { fundingTotalUsd, monthlyVisitors } = record;
  return [
    name,
    domain,
    industry,
    employeeCount,
    country,
    city,
    linkedinUrl,
    fundingTotalUsd,
    monthlyVisitors,
  ];
}

function statementsOf(g: string, { table, column }: Kind) {
  const rows = `${g}_${table}`;
  const sessions = `${g}_sessions`;
  const end = (order: "ASC" | "DESC", condition = "") =>
    `SELECT number, started_at, bot FROM ${sessions} INDEXED BY ${sessions}_by_${column}
      WHERE ${column} = ? ${condition} ORDER BY started_at ${order}, id ${order} LIMIT 1`;
  return {
    find: `SELECT number FROM ${rows} WHERE key = ?`,
    insert: `INSERT INTO ${rows} (key) VALUES (?) RETURNING number`,
    row: `SELECT number, seq, rank, sessions, first_visit, last_visit, words FROM ${rows} WHERE number = ?`,
    describe: `UPDATE ${rows} SET seq = ?, rank = ?, words = ?,
      ${described[table].map((name) => `${name} = ?`).join(", ")} WHERE number = ?`,
    setTime: `UPDATE ${rows} SET first_at = ?, last_at = ? WHERE number = ?`,
    newest: `SELECT seq, rank FROM ${g}_events INDEXED BY ${g}_events_by_${column}
      WHERE ${column} = ? ORDER BY rank DESC, seq DESC LIMIT 1`,
    setEvent: `UPDATE ${rows} SET seq = ?, rank = ? WHERE number = ?`,
    delete: `DELETE FROM ${rows} WHERE number = ?`,
    first: end("ASC"),
    last: end("DESC"),
    firstVisit: end("ASC", "AND bot = 0"),
    lastVisit: end("DESC", "AND bot = 0"),
    visit: `SELECT ${visitColumns} FROM ${sessions} WHERE number = ?`,
    refresh: `UPDATE ${rows} SET sessions = sessions + ?, pages = pages + ?, first_session = ?, last_session = ?,
      first_at = ?, last_at = ?, first_visit = ?, last_visit = ?, first_visit_at = ?, last_visit_at = ?
      WHERE number = ?`,
  };
}
