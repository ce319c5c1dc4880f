import type { FactStore } from "@sessionhook/core";
import { defaultPageSize } from "@sessionhook/core/limits";
import type { Hono } from "hono";
import type { FilterValues } from "../components/visit-filters.js";
import { outside } from "../link-prefix.js";
import { SessionPage } from "../pages/session-page.js";
import { SessionsPage } from "../pages/sessions-page.js";
import { listPath, readListFilter } from "../paths.js";
import { renderPage } from "../render.js";
import { noStore } from "../security-headers.js";
import { requireSession } from "../session/require-session.js";
import { readDetails } from "../visits/event-details.js";
import { readSessionFilter, sessionListPath, storeFilter } from "../visits/session-list-filter.js";
import { type FactParts, withFacts } from "./fact-parts.js";
import { noSuch } from "./no-delivery.js";
import { withoutBadCursor } from "./without-bad-cursor.js";
import { withoutEmpty } from "./without-empty.js";

/** Other sessions of the same visitor on the page of a session. */
const otherSessions = 5;

/** Adds the list of sessions, which is the home page where the store has derived tables, and one session. */
export function addSessionRoutes(app: Hono, parts: FactParts): void {
  const { facts, factsOf, store, delivery, sessions, headers, now } = parts;
  const page = [headers, noStore, requireSession(sessions)] as const;

  app.get("/", ...page, withoutEmpty, async (c) => {
    if (facts === undefined) return c.redirect(outside(c, listPath(readListFilter(c.req.query()))), 303);
    const filter = readSessionFilter(c.req.query());
    return withoutBadCursor(c, sessionListPath({ ...filter, cursor: undefined }), async () => {
      const [found, values, status] = await Promise.all([
        facts.sessions({ ...storeFilter(filter, now()), limit: defaultPageSize, cursor: filter.cursor }),
        filterValues(facts),
        facts.status(),
      ]);
      return renderPage(
        c,
        200,
        <SessionsPage filter={filter} page={found} values={values} status={status} now={now()} />,
      );
    });
  });

  const show = withFacts(facts, async (c, facts) => {
    const session = await facts.session(c.req.param("id") ?? "");
    if (session === undefined) return noSuch(c, "session", "/");
    const { person, company, visitorId, eventId } = session;
    const others = person === null ? { visitorId: visitorId ?? undefined } : { person };
    const [details, personRow, companyRow, deliveries, visits] = await Promise.all([
      readDetails(store, factsOf, eventId),
      person === null ? undefined : facts.person(person),
      company === null ? undefined : facts.company(company),
      delivery?.store.list({ event: eventId, limit: defaultPageSize }),
      person === null && visitorId === null
        ? undefined
        : facts.sessions({ ...others, limit: otherSessions + 1 }),
    ]);
    return renderPage(
      c,
      200,
      <SessionPage
        session={session}
        details={details}
        person={personRow}
        company={companyRow}
        deliveries={deliveries}
        others={visits?.rows.filter(({ id }) => id !== session.id).slice(0, otherSessions) ?? []}
        now={now()}
      />,
    );
  });
  app.get("/sessions/:id", ...page, show);
}

/** Returns the most frequent values, for the choices of filters. */
export async function filterValues(facts: FactStore): Promise<FilterValues> {
  const [sources, campaigns, countries] = await Promise.all([
    facts.values("source"),
    facts.values("campaign"),
    facts.values("country"),
  ]);
  return { sources, campaigns, countries };
}
