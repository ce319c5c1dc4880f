import type { PageView } from "@sessionhook/core";
import { pageRow, personRow, sessionRow, type ExportRow } from "../../privacy/rows.js";
import { livePrefix } from "../facts/generation.js";
import { personOf, selectPeople, selectSessions, sessionOf } from "../facts/rows.js";
import { pagesPerSession } from "../facts/schema.js";
import type { Statements } from "../statements.js";

type Raw = Readonly<Record<string, unknown>>;

interface Owned {
  readonly session: number | null;
  readonly person: number | null;
}

/** Numbers of the sessions and the people that were derived from events. */
export class DerivedRows {
  readonly sessions = new Set<number>();
  readonly people = new Set<number>();
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  /** @param ids of events, as a JSON list */
  add(ids: string): void {
    const g = livePrefix(this.#statements);
    for (const { session, person } of this.#statements.all<Owned>(ownedSql(g), ids)) {
      if (session !== null) this.sessions.add(session);
      if (person !== null) this.people.add(person);
    }
  }

  /** Returns how many of them there are now, and how many page views the sessions have. */
  count(): { readonly sessions: number; readonly people: number; readonly pageViews: number } {
    const g = livePrefix(this.#statements);
    const count = (sql: string, ...parameters: number[]) =>
      this.#statements.get<{ n: number }>(`SELECT count(*) AS n FROM ${g}_${sql}`, ...parameters)?.n ?? 0;
    let [sessions, people, pageViews] = [0, 0, 0];
    for (const number of this.sessions) {
      sessions += count("sessions WHERE number = ?", number);
      const first = number * pagesPerSession;
      pageViews += count("pages WHERE number >= ? AND number < ?", first, first + pagesPerSession);
    }
    for (const number of this.people) people += count("people WHERE number = ?", number);
    return { sessions, people, pageViews };
  }
}

/** Returns the session of an event with its page views, and the person; each once for a set of seen numbers. */
export function derivedRows(statements: Statements, id: string, seen: DerivedRows): ExportRow[] {
  const g = livePrefix(statements);
  const rows: ExportRow[] = [];
  for (const { session, person } of statements.all<Owned>(ownedSql(g), JSON.stringify([id]))) {
    if (session !== null && !seen.sessions.has(session)) rows.push(...sessionRows(statements, g, session));
    if (session !== null) seen.sessions.add(session);
    const of = `(SELECT * FROM ${g}_people WHERE number = ?) AS s`;
    const raw =
      person === null || seen.people.has(person)
        ? undefined
        : statements.get<Raw>(selectPeople(g, of), person);
    if (raw !== undefined) rows.push(personRow(personOf(raw)));
    if (person !== null) seen.people.add(person);
  }
  return rows;
}

function sessionRows(statements: Statements, g: string, session: number): ExportRow[] {
  const of = `(SELECT * FROM ${g}_sessions WHERE number = ?) AS s`;
  const raw = statements.get<Raw>(selectSessions(g, of), session);
  if (raw === undefined) return [];
  const row = sessionOf(raw);
  const first = session * pagesPerSession;
  const pages = statements.all<PageView>(pagesSql(g), first, first + pagesPerSession);
  return [sessionRow(row), ...pages.map((page) => pageRow(row.id, page))];
}

function ownedSql(g: string): string {
  return `SELECT w.session, w.person FROM events AS e JOIN ${g}_events AS w ON w.seq = e.seq
    WHERE e.version = 1 AND e.id IN (SELECT value FROM json_each(?))`;
}

function pagesSql(g: string): string {
  return `SELECT number % ${pagesPerSession} AS position, at, path, url, title, seconds FROM ${g}_pages
    WHERE number >= ? AND number < ? ORDER BY number`;
}
