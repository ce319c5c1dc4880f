import type { SessionFilter, SummaryFilter, Touch } from "@sessionhook/core";
import { type Search, searchOf } from "../../facts/words.js";
import type { Found, Tables } from "./tables.js";

export function sessionMatches(filter: SessionFilter): (found: Tables["sessions"][number]) => boolean {
  const { identified, bots, person, company, visitorId } = filter;
  const common = commonOf(filter);
  return (found) => {
    const { row } = found;
    return (
      common(found, row.startedAt, row) &&
      (identified === undefined || (row.person !== null) === identified) &&
      (bots === undefined || row.bot === (bots === "only")) &&
      is(row.person, person) &&
      is(row.company, company) &&
      is(row.visitorId, visitorId)
    );
  };
}

export function personMatches(filter: SummaryFilter): (found: Tables["people"][number]) => boolean {
  const common = commonOf(filter);
  return (found) =>
    found.row.sessions > 0 &&
    common(found, found.row.lastAt, found.row.last) &&
    is(found.row.company, filter.company);
}

export function companyMatches(filter: SummaryFilter): (found: Tables["companies"][number]) => boolean {
  const common = commonOf(filter);
  return (found) =>
    found.row.sessions > 0 &&
    common(found, found.row.lastAt, found.row.last) &&
    is(found.row.key, filter.company);
}

function commonOf(filter: SummaryFilter) {
  const { from = -Infinity, to = Infinity, source, medium, campaign } = filter;
  const { landingPage, referrer, country } = filter;
  const { employeesFrom, employeesTo } = filter;
  const search = searchOf(filter.q);
  return (found: Found<unknown>, at: number, touch: Touch, employees = found.employees): boolean =>
    at >= from &&
    at < to &&
    isOrigin(touch.source, source) &&
    isOrigin(touch.medium, medium) &&
    isOrigin(touch.campaign, campaign) &&
    isOrigin(touch.landingPage, landingPage) &&
    isOrigin(touch.referrer, referrer) &&
    isOrigin(touch.country, country) &&
    (employeesFrom === undefined || (employees !== null && employees >= employeesFrom)) &&
    (employeesTo === undefined || (employees !== null && employees < employeesTo)) &&
    (search === undefined || matches(found, search));
}

/** An empty text selects rows without a value. */
function isOrigin(value: string | null, wanted: string | undefined): boolean {
  return is(value, wanted === "" ? undefined : wanted) && (wanted !== "" || value === null);
}

function is(value: string | null, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}

function matches({ words, ids }: Found<unknown>, search: Search): boolean {
  if (ids.some((id) => id.startsWith(search.id))) return true;
  return (
    search.words.length > 0 && search.words.every((begin) => words.some((word) => word.startsWith(begin)))
  );
}
