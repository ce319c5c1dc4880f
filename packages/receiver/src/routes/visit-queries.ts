import { attributionKeys, type SessionFilter } from "@sessionhook/core";
import { maxFactLength, maxTouchLength } from "@sessionhook/core/limits";
import * as z from "zod/mini";
import { formatQuery } from "./formats.js";
import { checkRange, oneOf, pageQuery, rangeQuery, text, wholeNumber } from "./query.js";

const key = z.optional(text(1, maxFactLength));
/** Empty selects rows without this value. */
const origin = z.optional(text(0, maxTouchLength));
const employees = z.optional(wholeNumber(999_999_999, 0));

/** The parameters that all lists of visits take. */
const visitQuery = {
  q: z.optional(text(0, 256)),
  ...rangeQuery,
  source: origin,
  medium: origin,
  campaign: origin,
  landingPage: origin,
  referrer: origin,
  country: origin,
  company: key,
  employeesFrom: employees,
  employeesTo: employees,
  ...pageQuery,
  ...formatQuery,
};

export const summaryQuery = z.strictObject(visitQuery);

export const sessionQuery = z.strictObject({
  ...visitQuery,
  identified: z.optional(
    z.pipe(
      oneOf(["true", "false"]),
      z.transform((value) => value === "true"),
    ),
  ),
  bots: z.optional(oneOf(["without", "only"])),
  person: key,
  visitorId: key,
});

/** The parameters of a list; those of people and companies are a part of those of sessions. */
export type ListQuery = typeof sessionQuery | typeof summaryQuery;

export const attributionQuery = z.strictObject({
  model: z._default(oneOf(["first", "last"]), "first"),
  by: z._default(oneOf(attributionKeys), "source"),
  ...rangeQuery,
  limit: pageQuery.limit,
  ...formatQuery,
});

/**
 * Checks the ranges of a filter; an empty search selects all.
 * @throws ReceiveError `invalid_query`
 */
export function checkedFilter(filter: SessionFilter): SessionFilter {
  checkRange(filter.from, filter.to);
  checkRange(filter.employeesFrom, filter.employeesTo, "employeesFrom must be less than employeesTo");
  return filter.q === "" ? { ...filter, q: undefined } : filter;
}
