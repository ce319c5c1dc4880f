import type { SummaryFilter } from "@sessionhook/core";
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

/** Filter and page of the lists of people and of companies: the query of their addresses. */
export interface SummaryListFilter extends TimeRange, Origin {
  readonly q?: string | undefined;
  readonly size?: CompanySize | undefined;
  /** Of people: key of their company. */
  readonly company?: string | undefined;
  readonly cursor?: string | undefined;
}

/** Reads the filter from query parameters. Unknown values count as absent. */
export function readSummaryFilter(query: Query): SummaryListFilter {
  return {
    q: readText(query, "q"),
    ...readTimeRange(query),
    ...readOrigin(query),
    size: readChoice(query, "size", sizeNames),
    company: readExact(query, "company"),
    cursor: readExact(query, "cursor"),
  };
}

/** Reads the filter of the list of companies, which has no company to choose. */
export function readCompanyFilter(query: Query): SummaryListFilter {
  return { ...readSummaryFilter(query), company: undefined };
}

/** Returns the path of the list with this filter. */
export function summaryListPath(path: "/people" | "/companies", filter: SummaryListFilter): string {
  return pathWith(path, { ...filter });
}

/** Returns the filter for the store. */
export function storeSummaryFilter(filter: SummaryListFilter, now: number): SummaryFilter {
  const { q, company } = filter;
  return {
    ...boundsOf(filter, now),
    ...employeesOf(filter.size),
    ...storeOrigin(filter),
    q,
    company,
  };
}
