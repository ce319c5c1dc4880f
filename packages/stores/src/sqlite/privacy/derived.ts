import type { PageView } from "@sessionhook/core";
import { pageRow, personRow, sessionRow, type ExportRow } from "../../privacy/rows.js";
import { livePrefix } from "../facts/generation.js";
import { personOf, selectPeople, selectSessions, sessionNumber, sessionOf } from "../facts/rows.js";
import { pagesPerSession } from "../facts/schema.js";
import type { Statements } from "../statements.js";

type Raw = Readonly<Record<string, unknown>>;

interface Owned {
  readonly session: string | null;
  readonly person: string | null;
}

export interface DerivedCounts {
  readonly sessions: number;
  readonly people: number;
  readonly pageViews: number;
}

/** The sessions and people that were derived from events, by id and key: a rebuild gives their rows other numbers. */
export class DerivedRows {
  readonly sessions = new Set<string>();
  readonly people = new Set<string>();

  /** @param ids of events, as a JSON list */
  add(statements: Statements, ids: string): void {
    const g = livePrefix(statements);
    for (const { session, person } of statements.all<Owned>(ownedSql(g), ids)) {
      if (session !== null) this.sessions.add(session);
      if (person !== null) this.people.add(person);
    }
  }

  /** Returns how many of them there are now, and how many page views the sessions have. */
  count(statements: Statements): DerivedCounts {
    const g = livePrefix(statements);
    const numberOf = (sql: string, text: string) =>
      statements.get<{ number: number }>(`SELECT number FROM ${g}_${sql} = ?`, text)?.number;
    const counts = { sessions: 0, people: 0, pageViews: 0 };
    for (const id of this.sessions) {
      const number = numberOf("sessions WHERE id", id);
      if (number === undefined) continue;
      counts.sessions++;
      const first = number * pagesPerSession;
      counts.pageViews +=
        statements.get<{ n: number }>(countPagesSql(g), first, first + pagesPerSession)?.n ?? 0;
    }
    for (const key of this.people) if (numberOf("people WHERE key", key) !== undefined) counts.people++;
    return counts;
  }
}

/** Returns the session of an event with its page views, and the person; each once for a set of seen ones. */
export function derivedRows(statements: Statements, id: string, seen: DerivedRows): ExportRow[] {
  const g = livePrefix(statements);
  const rows: ExportRow[] = [];
  for (const { session, person } of statements.all<Owned>(ownedSql(g), JSON.stringify([id]))) {
    if (session !== null && !seen.sessions.has(session)) rows.push(...sessionRows(statements, g, session));
    if (session !== null) seen.sessions.add(session);
    const of = `(SELECT * FROM ${g}_people WHERE key = ?) AS s`;
    const raw =
      person === null || seen.people.has(person)
        ? undefined
        : statements.get<Raw>(selectPeople(g, of), person);
    if (raw !== undefined) rows.push(personRow(personOf(raw)));
    if (person !== null) seen.people.add(person);
  }
  return rows;
}

function sessionRows(statements: Statements, g: string, id: string): ExportRow[] {
  const of = `(SELECT * FROM ${g}_sessions WHERE id = ?) AS s`;
  const raw = statements.get<Raw>(selectSessions(g, of), id);
  if (raw === undefined) return [];
  const pages = statements.all<PageView>(pagesSql(g), id);
  return [sessionRow(sessionOf(raw)), ...pages.map((page) => pageRow(id, page))];
}

function ownedSql(g: string): string {
  return `SELECT s.id AS session, p.key AS person FROM events AS e JOIN ${g}_events AS w ON w.seq = e.seq
    LEFT JOIN ${g}_sessions AS s ON s.number = ${sessionNumber(g)} LEFT JOIN ${g}_people AS p ON p.number = w.person
    WHERE e.version = 1 AND e.id IN (SELECT value FROM json_each(?))`;
}

function pagesSql(g: string): string {
  return `SELECT v.number % ${pagesPerSession} AS position, v.at, v.path, v.url, v.title, v.seconds
    FROM ${g}_sessions AS s JOIN ${g}_pages AS v
      ON v.number >= s.number * ${pagesPerSession} AND v.number < (s.number + 1) * ${pagesPerSession}
    WHERE s.id = ? ORDER BY v.number`;
}

function countPagesSql(g: string): string {
  return `SELECT count(*) AS n FROM ${g}_pages WHERE number >= ? AND number < ?`;
}
