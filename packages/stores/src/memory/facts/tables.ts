import type {
  CompanyRow,
  DerivedRecords,
  PageView,
  PersonRow,
  SessionRow,
  Touch,
  VisitSummary,
} from "@sessionhook/core";
import { noTouch } from "../../facts/attribution.js";
import { mergeCompany, mergePerson } from "./merge-owners.js";
import { compareText } from "../../facts/cursor.js";
import { mergeRecords, mostMerged } from "../../facts/merge-records.js";
import { wordsOf } from "../../facts/words.js";

/** A row with the texts that searches compare. */
export interface Found<Row> {
  readonly row: Row;
  readonly words: readonly string[];
  readonly ids: readonly string[];
  /** Employees of the company. */
  readonly employees: number | null;
}

/** Everything derived from the records of the events, newest first. */
export interface Tables {
  readonly sessions: readonly Found<SessionRow>[];
  readonly pages: ReadonlyMap<string, readonly PageView[]>;
  readonly people: readonly Found<PersonRow>[];
  readonly companies: readonly Found<CompanyRow>[];
  /** Sessions that are not of bots, by key of their person and company; oldest first. */
  readonly visits: { readonly people: Visits; readonly companies: Visits };
}

type Visits = ReadonlyMap<string, readonly SessionRow[]>;
type Entry = readonly [arrival: number, records: DerivedRecords];

/** Derives all tables. Of the events of one session the one of the highest precedence counts: see `mergeRecords`. */
export function tablesOf(all: ReadonlyMap<number, DerivedRecords>): Tables {
  const entries = [...all].sort(byPrecedence).toReversed();
  const groups = Map.groupBy(entries, ([arrival, { session }]) =>
    session === undefined ? `event ${arrival}` : `session ${session.id}`,
  );
  const naming = Map.groupBy(entries, ([, { namedSession }]) => namedSession);
  const current = [...groups.values()].map((group): Entry => {
    const [arrival, { session }] = group[0] as Entry;
    const others = session === undefined ? [] : (naming.get(session.id) ?? []);
    return [arrival, mergeRecords(firstOf(group), firstOf(others))];
  });
  const events = current.sort(byTime).map(([, records]) => records);
  const sessions = events.flatMap(({ session }) => session ?? []).sort(byStart);
  const companies = mapBy(events, ({ company }) => company?.key, mergeCompany);
  const people = mapBy(events, ({ person }) => person?.key, mergePerson);
  const latest = latestBy(events, ({ company }) => company?.key);
  const latestOfPerson = latestBy(events, ({ person }) => person?.key);
  const byPerson = Map.groupBy(sessions, ({ person }) => person ?? "");
  const byCompany = Map.groupBy(sessions, ({ company }) => company ?? "");
  const personRows = [...people.values()].map(({ record, texts }): Found<PersonRow> => {
    const employer = record.company === null ? undefined : companies.get(record.company);
    const row = {
      ...record,
      ...summaryOf(byPerson.get(record.key) ?? [], latestOfPerson.get(record.key) ?? 0),
      companyName: employer?.name ?? null,
      companyDomain: employer?.domain ?? null,
    };
    return {
      row,
      words: wordsOf(...texts),
      ids: idsOfKey(record.key),
      employees: employer?.employeeCount ?? null,
    };
  });
  const companyRows = [...companies.values()].map((company): Found<CompanyRow> => {
    const own = byCompany.get(company.key) ?? [];
    const visitors = new Set(own.flatMap(({ person }) => person ?? []));
    const row = { ...company, ...summaryOf(own, latest.get(company.key) ?? 0), people: visitors.size };
    const { employeeCount: employees } = company;
    return { row, words: wordsOf(company.name, company.domain), ids: idsOfKey(company.key), employees };
  });
  const human = sessions.filter(({ bot }) => !bot);
  return {
    sessions: sessions.toReversed().map((row) => ({
      row,
      words: wordsOf(row.personName, row.personEmail, row.companyName, row.companyDomain),
      ids: [row.id, row.eventId, ...(row.visitorId === null ? [] : [row.visitorId])],
      employees: row.companyEmployeeCount,
    })),
    pages: new Map(events.flatMap(({ session, pages }) => (session ? [[session.id, pages]] : []))),
    people: personRows.sort(byLast),
    companies: companyRows.sort(byLast),
    visits: {
      people: Map.groupBy(human, ({ person }) => person ?? ""),
      companies: Map.groupBy(human, ({ company }) => company ?? ""),
    },
  };
}

function firstOf(entries: readonly Entry[]): DerivedRecords[] {
  return entries.slice(0, mostMerged).map(([, records]) => records);
}

/** A person can be found by key and by address of the profile, a company by key and by domain. */
function idsOfKey(key: string): readonly string[] {
  return [key, key.slice(key.indexOf(":") + 1)];
}

function byPrecedence([first, one]: Entry, [second, other]: Entry): number {
  const [a, b] = [one.precedence, other.precedence];
  return Number(a.final) - Number(b.final) || a.at - b.at || first - second;
}

function byTime([first, one]: Entry, [second, other]: Entry): number {
  return one.precedence.at - other.precedence.at || first - second;
}

function byStart(one: SessionRow, other: SessionRow): number {
  return one.startedAt - other.startedAt || compareText(one.id, other.id);
}

function byLast({ row: one }: Found<VisitSummary>, { row: other }: Found<VisitSummary>): number {
  return other.lastAt - one.lastAt || compareText(other.key, one.key);
}

/** Groups events by a key, and merges those of each. */
function mapBy<Merged>(
  events: readonly DerivedRecords[],
  keyOf: (records: DerivedRecords) => string | undefined,
  merge: (events: readonly DerivedRecords[]) => Merged,
): ReadonlyMap<string, Merged> {
  const groups = Map.groupBy(
    events.filter((records) => keyOf(records) !== undefined),
    (records) => keyOf(records) as string,
  );
  return new Map([...groups].map(([key, group]) => [key, merge(group.toReversed())]));
}

/** Times of the newest events, for people and companies without a session. */
function latestBy(
  events: readonly DerivedRecords[],
  keyOf: (records: DerivedRecords) => string | undefined,
): ReadonlyMap<string, number> {
  return new Map(
    events.flatMap((records) => {
      const key = keyOf(records);
      return key === undefined ? [] : [[key, records.precedence.at] as const];
    }),
  );
}

type Sums = Omit<VisitSummary, "key" | "name">;

/** @param own the sessions, oldest first */
function summaryOf(own: readonly SessionRow[], eventAt: number): Sums {
  const [first, last] = [own[0], own.at(-1)];
  return {
    sessions: own.length,
    pages: own.reduce((sum, { pageCount }) => sum + pageCount, 0),
    firstAt: first?.startedAt ?? eventAt,
    lastAt: last?.startedAt ?? eventAt,
    first: touchOf(first),
    last: touchOf(last),
  };
}

function touchOf(session: SessionRow | undefined): Touch {
  if (session === undefined) return noTouch;
  const { source, medium, campaign, landingPage, referrer, country } = session;
  return { source, medium, campaign, landingPage, referrer, country };
}
