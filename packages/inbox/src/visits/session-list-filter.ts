import type { SessionFilter } from "@sessionhook/core";
import { type CompanySize, employeesOf, sizeNames } from "./company-size.js";
import {
  type Origin,
  pathWith,
  type Query,
  readChoice,
  readExact,
  readOrigin,
  readText,
  storeOrigin,
} from "./query.js";
import { boundsOf, readTimeRange, type TimeRange } from "./time-range.js";

/** Filter and page of the list of sessions: the query of its address. */
export interface SessionListFilter extends TimeRange, Origin {
  readonly q?: string | undefined;
  readonly size?: CompanySize | undefined;
  readonly visitor?: "identified" | "anonymous" | undefined;
  /** Absent: without bots. */
  readonly bots?: "all" | "only" | undefined;
  readonly person?: string | undefined;
  readonly company?: string | undefined;
  readonly visitorId?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Reads the filter from query parameters. Unknown values count as absent. */
export function readSessionFilter(query: Query): SessionListFilter {
  const exact = (name: string) => readExact(query, name);
  return {
    q: readText(query, "q"),
    ...readTimeRange(query),
    ...readOrigin(query),
    size: readChoice(query, "size", sizeNames),
    visitor: readChoice(query, "visitor", ["identified", "anonymous"]),
    bots: readChoice(query, "bots", ["all", "only"]),
    person: exact("person"),
    company: exact("company"),
    visitorId: exact("visitorId"),
    cursor: exact("cursor"),
  };
}

/** Returns the path of the list, or of its ids for the script, with this filter. */
export function sessionListPath(filter: SessionListFilter, path = "/"): string {
  return pathWith(path, { ...filter });
}

/** Returns the filter for the store. */
export function storeFilter(filter: SessionListFilter, now: number): SessionFilter {
  const { q, person, company, visitorId } = filter;
  return {
    ...boundsOf(filter, now),
    ...employeesOf(filter.size),
    ...storeOrigin(filter),
    q,
    person,
    company,
    visitorId,
    identified: filter.visitor === undefined ? undefined : filter.visitor === "identified",
    bots: filter.bots === undefined ? "without" : filter.bots === "only" ? "only" : undefined,
  };
}

/** Returns whether anything is chosen. */
export function isFiltered({ cursor: _cursor, ...filter }: SessionListFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** Returns whether the filter selects less than every session, or every one that is not of a bot. */
export function selectsSome({ bots, ...filter }: SessionListFilter): boolean {
  return bots === "only" || isFiltered(filter);
}
