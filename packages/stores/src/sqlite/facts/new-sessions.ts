import type { SQLInputValue } from "node:sqlite";
import type { Statements } from "../statements.js";
import { eventColumns, pageColumns, sessionColumns } from "./schema.js";

/** A session that is new in a transaction, as values of rows of the tables. */
export interface NewSession {
  readonly id: string;
  readonly person: number | null;
  readonly company: number | null;
  readonly session: readonly SQLInputValue[];
  readonly pages: readonly SQLInputValue[];
  readonly words: readonly SQLInputValue[];
}

/**
 * The rows of new sessions and of their events. They are held back, so that many are inserted with each statement. Call `insert`
 * before a query that might read one.
 */
export class NewSessions {
  readonly #statements: Statements;
  readonly #g: string;
  readonly #ids = new Set<string>();
  readonly #pairs = new Set<string>();
  #sessions: SQLInputValue[] = [];
  #pages: SQLInputValue[] = [];
  #words: SQLInputValue[] = [];
  #events: SQLInputValue[] = [];

  constructor(statements: Statements, g: string) {
    this.#statements = statements;
    this.#g = g;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Returns whether one of them is of this person and this company. */
  hasPair(company: number, person: number): boolean {
    return this.#pairs.has(`${company} ${person}`);
  }

  add({ id, person, company, session, pages, words }: NewSession): void {
    this.#ids.add(id);
    if (person !== null && company !== null) this.#pairs.add(`${company} ${person}`);
    this.#sessions.push(...session);
    this.#pages.push(...pages);
    this.#words.push(...words);
  }

  addEvent(row: readonly SQLInputValue[]): void {
    this.#events.push(...row);
  }

  insert(): void {
    this.#statements.insert(`${this.#g}_sessions`, sessionColumns, this.#sessions);
    this.#statements.insert(`${this.#g}_pages`, pageColumns, this.#pages);
    this.#statements.insert(`${this.#g}_sessions_words`, 2, this.#words);
    this.#statements.insert(`${this.#g}_events`, eventColumns, this.#events);
    this.#sessions = [];
    this.#pages = [];
    this.#words = [];
    this.#events = [];
    this.#ids.clear();
    this.#pairs.clear();
  }
}
