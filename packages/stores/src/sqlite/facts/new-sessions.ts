import type { SQLInputValue } from "node:sqlite";
import type { Statements } from "../statements.js";

/** A session that is new in a transaction, as rows of the tables. */
export interface NewSession {
  readonly id: string;
  readonly person: number | null;
  readonly company: number | null;
  readonly session: readonly SQLInputValue[];
  readonly pages: readonly (readonly SQLInputValue[])[];
  readonly words: readonly (readonly SQLInputValue[])[];
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
  readonly #rows: Record<"sessions" | "pages" | "sessions_words" | "events", (readonly SQLInputValue[])[]> = {
    sessions: [],
    pages: [],
    sessions_words: [],
    events: [],
  };

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
    this.#rows.sessions.push(session);
    this.#rows.pages.push(...pages);
    this.#rows.sessions_words.push(...words);
  }

  addEvent(row: readonly SQLInputValue[]): void {
    this.#rows.events.push(row);
  }

  insert(): void {
    for (const [table, rows] of Object.entries(this.#rows))
      this.#statements.insert(`${this.#g}_${table}`, rows.splice(0));
    this.#ids.clear();
    this.#pairs.clear();
  }
}
