import type {
  CompanyRow,
  Paging,
  PersonRow,
  RowPage,
  SessionFilter,
  SessionRow,
  SummaryFilter,
} from "@sessionhook/core";
import { pageQuery } from "../../facts/cursor.js";
import { type Search, searchOf } from "../../facts/words.js";
import type { Statements } from "../statements.js";
import { beginsWith, type Condition, condition, originIs, present } from "./conditions.js";
import { livePrefix } from "./generation.js";
import { type ListSpec, listRows } from "./list.js";
import { companyOf, personOf, selectCompanies, selectPeople, selectSessions, sessionOf } from "./rows.js";

const empty = { rows: [], nextCursor: null, examinedTo: null };

export function listSessions(statements: Statements, query: SessionFilter & Paging): RowPage<SessionRow> {
  const g = livePrefix(statements);
  const table = `${g}_sessions`;
  const person = numberOf(statements, `${g}_people`, query.person);
  const company = numberOf(statements, `${g}_companies`, query.company);
  pageQuery("sessions", query);
  if (person === null || company === null) return empty;
  const { visitorId, campaign, source, medium, landingPage, referrer, country, identified, bots } = query;
  const search = searchOf(query.q);
  // The first that a query has is likely to select the fewest sessions.
  const filters = [
    ["person", present(person, "s.person = ?")],
    ["visitor", present(visitorId, "s.visitor_id = ?")],
    ["company", present(company, "s.company = ?")],
    ["campaign", originIs("s.campaign", campaign)],
    ["source", originIs("s.source", source)],
    ["country", originIs("s.country", country)],
    ["medium", originIs("s.medium", medium)],
  ] as const;
  // The indexes have no rows without a value.
  const best = filters.find(([, conditions]) => conditions.some(({ parameters }) => parameters.length > 0));
  const spec: ListSpec<SessionRow> = {
    list: "sessions",
    table,
    at: "started_at",
    tie: "id",
    index: `${table}_by_${best?.[0] ?? "time"}`,
    indexed: best?.[1] ?? [],
    others: [
      ...filters.filter((each) => each !== best).flatMap(([, conditions]) => conditions),
      ...originIs("s.landing_page", landingPage),
      ...originIs("s.referrer", referrer),
      ...(identified === undefined ? [] : [condition(`s.person IS ${identified ? "NOT " : ""}NULL`)]),
      ...(bots === undefined ? [] : [condition("s.bot = ?", Number(bots === "only"))]),
      ...employees(query, "s.company_employee_count"),
    ],
    from: query.from,
    to: query.to,
    joins: "",
    search,
    ids: idConditions(search, (id) => [
      startsWith("s.id", id),
      startsWith("s.visitor_id", id),
      condition(
        "EXISTS (SELECT 1 FROM events AS e WHERE e.seq = s.seq AND substr(e.id, 1, ?) = ?)",
        [...id].length,
        id,
      ),
    ]),
    idNumbers: idConditions(search, (id) => [
      numbersWith(`SELECT number FROM ${table} WHERE`, "id", id),
      numbersWith(`SELECT number FROM ${table} INDEXED BY ${table}_by_visitor WHERE`, "visitor_id", id),
      numbersWith(
        `SELECT v.session AS number FROM events AS e JOIN ${g}_events AS v ON v.seq = e.seq WHERE`,
        "e.id",
        id,
      ),
    ]),
    words: `${table}_words`,
    select: (selection) => selectSessions(g, selection),
    rowOf: sessionOf,
    placeOf: ({ startedAt, id }) => ({ at: startedAt, id }),
  };
  return listRows(statements, spec, query);
}

export function listPeople(statements: Statements, query: SummaryFilter & Paging): RowPage<PersonRow> {
  const g = livePrefix(statements);
  const company = numberOf(statements, `${g}_companies`, query.company);
  pageQuery("people", query);
  if (company === null) return empty;
  const by = company === undefined ? "last" : "company";
  return listRows(
    statements,
    {
      ...summarySpec(g, "people", query),
      index: `${g}_people_by_${by}`,
      indexed: [visited, ...present(company, "s.company = ?")],
      others: [...origins(query), ...employees(query, "c.employee_count")],
      joins: `${lastJoin(g, query)} ${joinIf(employees(query, ""), `JOIN ${g}_companies AS c ON c.number = s.company`)}`,
      select: (selection) => selectPeople(g, selection),
      rowOf: personOf,
      placeOf: ({ lastAt, key }) => ({ at: lastAt, id: key }),
    },
    query,
  );
}

export function listCompanies(statements: Statements, query: SummaryFilter & Paging): RowPage<CompanyRow> {
  const g = livePrefix(statements);
  return listRows(
    statements,
    {
      ...summarySpec(g, "companies", query),
      index: `${g}_companies_by_last`,
      indexed: [visited],
      others: [
        ...present(query.company, "s.key = ?"),
        ...origins(query),
        ...employees(query, "s.employee_count"),
      ],
      joins: lastJoin(g, query),
      select: (selection) => selectCompanies(g, selection),
      rowOf: companyOf,
      placeOf: ({ lastAt, key }) => ({ at: lastAt, id: key }),
    },
    query,
  );
}

/** An event without a session, or one that a better one has replaced, leaves a person or company without visits: few rows. */
const visited = condition("s.sessions > 0");

function summarySpec(g: string, list: "people" | "companies", { from, to, q }: SummaryFilter) {
  const table = `${g}_${list}`;
  const search = searchOf(q);
  return {
    list,
    table,
    at: "last_at",
    tie: "key",
    from,
    to,
    search,
    ids: idConditions(search, (id) => [
      startsWith("s.key", id),
      startsWith("substr(s.key, instr(s.key, ':') + 1)", id),
    ]),
    idNumbers: idConditions(search, (id) =>
      ["", ...kinds[list]].map((kind) =>
        numbersWith(`SELECT number FROM ${table} WHERE`, "key", `${kind}${id}`),
      ),
    ),
    words: `${table}_words`,
  };
}

const kinds = {
  people: ["linkedin:", "linkedin-id:", "email:", "visitor:"],
  companies: ["domain:", "linkedin:", "linkedin-id:", "name:"],
};

/** Returns the number of a key: undefined without one, null for an unknown one. */
function numberOf(statements: Statements, table: string, key: string | undefined): number | null | undefined {
  if (key === undefined) return undefined;
  const row = statements.get<{ number: number }>(`SELECT number FROM ${table} WHERE key = ?`, key);
  return row?.number ?? null;
}

function origins(filter: SummaryFilter): Condition[] {
  return [
    ...originIs("l.source", filter.source),
    ...originIs("l.medium", filter.medium),
    ...originIs("l.campaign", filter.campaign),
    ...originIs("l.landing_page", filter.landingPage),
    ...originIs("l.referrer", filter.referrer),
    ...originIs("l.country", filter.country),
  ];
}

function lastJoin(g: string, query: SummaryFilter): string {
  return joinIf(origins(query), `JOIN ${g}_sessions AS l ON l.number = s.last_session`);
}

function joinIf(conditions: readonly Condition[], join: string): string {
  return conditions.length === 0 ? "" : join;
}

function employees({ employeesFrom, employeesTo }: SummaryFilter, column: string): Condition[] {
  return [...present(employeesFrom, `${column} >= ?`), ...present(employeesTo, `${column} < ?`)];
}

function idConditions(search: Search | undefined, conditions: (id: string) => Condition[]): Condition[] {
  return search === undefined ? [] : conditions(search.id);
}

function startsWith(column: string, id: string): Condition {
  return condition(`substr(${column}, 1, ?) = ?`, [...id].length, id);
}

function numbersWith(query: string, column: string, id: string): Condition {
  const { sql, parameters } = beginsWith(column, id);
  return { sql: `${query} ${sql}`, parameters };
}
