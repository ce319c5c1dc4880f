import type { FactStore, RowPage, SessionFilter, SessionRow } from "@sessionhook/core";
import { defaultPageSize } from "@sessionhook/core/limits";
import { keyInPath } from "@sessionhook/ingest";
import type { Context, Hono } from "hono";
import type { Visit } from "../components/journey.js";
import { CompaniesPage } from "../pages/companies-page.js";
import { CompanyPage } from "../pages/company-page.js";
import { PeoplePage } from "../pages/people-page.js";
import { PersonPage } from "../pages/person-page.js";
import { companyPath, personPath } from "../paths.js";
import { renderPage } from "../render.js";
import { noStore } from "../security-headers.js";
import { requireSession } from "../session/require-session.js";
import { readDetails } from "../visits/event-details.js";
import { readExact } from "../visits/query.js";
import {
  readCompanyFilter,
  readSummaryFilter,
  storeSummaryFilter,
  summaryListPath,
} from "../visits/summary-list-filter.js";
import { type FactParts, withFacts } from "./fact-parts.js";
import { noSuch } from "./no-delivery.js";
import { filterValues } from "./sessions.js";
import { withoutBadCursor } from "./without-bad-cursor.js";
import { withoutEmpty } from "./without-empty.js";
import { withoutSlash } from "./without-slash.js";

/** Visits on the page of a person or a company: each is read with its pages. */
const visitsPerPage = 20;
const visitorsOfCompany = 10;

/** Adds the lists of people and of companies, one person and one company. */
export function addSummaryRoutes(app: Hono, parts: FactParts): void {
  const { facts, factsOf, store, sessions, headers, now } = parts;
  const page = [headers, noStore, requireSession(sessions)] as const;

  const people = withFacts(facts, async (c, facts) => {
    const filter = readSummaryFilter(c.req.query());
    return withoutBadCursor(c, summaryListPath("/people", { ...filter, cursor: undefined }), async () => {
      const query = { ...storeSummaryFilter(filter, now()), limit: defaultPageSize, cursor: filter.cursor };
      const [found, values, status] = await Promise.all([
        facts.people(query),
        filterValues(facts),
        facts.status(),
      ]);
      return renderPage(
        c,
        200,
        <PeoplePage filter={filter} page={found} values={values} status={status} now={now()} />,
      );
    });
  });

  const companies = withFacts(facts, async (c, facts) => {
    const filter = readCompanyFilter(c.req.query());
    return withoutBadCursor(c, summaryListPath("/companies", { ...filter, cursor: undefined }), async () => {
      const query = { ...storeSummaryFilter(filter, now()), limit: defaultPageSize, cursor: filter.cursor };
      const [found, values, status] = await Promise.all([
        facts.companies(query),
        filterValues(facts),
        facts.status(),
      ]);
      return renderPage(
        c,
        200,
        <CompaniesPage filter={filter} page={found} values={values} status={status} now={now()} />,
      );
    });
  });

  const person = withFacts(facts, async (c, facts) => {
    const key = keyOf(c);
    const cursor = readExact(c.req.query(), "cursor");
    return withoutBadCursor(c, personPath(key), async () => {
      const [row, found] = await Promise.all([
        facts.person(key),
        facts.sessions({ person: key, limit: visitsPerPage, cursor }),
      ]);
      if (row === undefined) return withoutSlash(c) ?? noSuch(c, "person", "/people");
      const [visits, details] = await Promise.all([
        withPages(facts, found.rows),
        newestDetails(facts, { person: key }, cursor === undefined ? found : undefined),
      ]);
      return renderPage(
        c,
        200,
        <PersonPage
          person={row}
          facts={details?.facts}
          visits={visits}
          cursor={cursor}
          nextCursor={found.nextCursor}
          now={now()}
        />,
      );
    });
  });
  app.get("/people", ...page, withoutEmpty, (c) => (hasKey(c) ? person(c) : people(c)));
  app.get("/people/:key{.+}", ...page, person);

  const company = withFacts(facts, async (c, facts) => {
    const key = keyOf(c);
    const cursor = readExact(c.req.query(), "cursor");
    return withoutBadCursor(c, companyPath(key), async () => {
      const [row, found, visitors] = await Promise.all([
        facts.company(key),
        facts.sessions({ company: key, limit: visitsPerPage, cursor }),
        facts.people({ company: key, limit: visitorsOfCompany }),
      ]);
      if (row === undefined) return withoutSlash(c) ?? noSuch(c, "company", "/companies");
      const [visits, details] = await Promise.all([
        withPages(facts, found.rows),
        newestDetails(facts, { company: key }, cursor === undefined ? found : undefined),
      ]);
      return renderPage(
        c,
        200,
        <CompanyPage
          company={row}
          facts={details?.facts}
          people={visitors}
          visits={visits}
          cursor={cursor}
          nextCursor={found.nextCursor}
          now={now()}
        />,
      );
    });
  });
  app.get("/companies", ...page, withoutEmpty, (c) => (hasKey(c) ? company(c) : companies(c)));
  app.get("/companies/:key{.+}", ...page, company);

  /** Reads the event of the newest session; `first` is the first page of the sessions, if it has been read. */
  async function newestDetails(
    facts: FactStore,
    filter: SessionFilter,
    first: RowPage<SessionRow> | undefined,
  ) {
    const { rows } = first ?? (await facts.sessions({ ...filter, limit: 1 }));
    return rows[0] === undefined ? undefined : readDetails(store, factsOf, rows[0].eventId);
  }
}

function hasKey(c: Context): boolean {
  return readExact(c.req.query(), "key") !== undefined;
}

/** Returns the key in the query, where links have it, or in the path, where those of earlier versions have it. */
function keyOf(c: Context): string {
  return readExact(c.req.query(), "key") ?? keyInPath(c.req.param("key") ?? "");
}

async function withPages(facts: FactStore, sessions: readonly SessionRow[]): Promise<Visit[]> {
  return Promise.all(
    sessions.map(async (session) => ({ session, pages: (await facts.session(session.id))?.pages })),
  );
}
