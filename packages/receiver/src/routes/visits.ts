import type { FactStore, Paging, RowPage, SessionFilter } from "@sessionhook/core";
import {
  allPages,
  attributionPages,
  attributionTable,
  companyTable,
  type ExportTable,
  personTable,
  sessionTable,
} from "@sessionhook/core/export";
import { maxPageSize } from "@sessionhook/core/limits";
import { keyInPath, ReceiveError } from "@sessionhook/ingest";
import type { Hono } from "hono";
import type { Services } from "../services.js";
import { deliveriesOf } from "./delivery-json.js";
import { exportFormat, exportResponse } from "./formats.js";
import { only, onlyWithQuery } from "./only.js";
import { checkRange, parseQuery } from "./query.js";
import { requireFacts } from "./require-facts.js";
import {
  attributionQuery,
  checkedFilter,
  type ListQuery,
  sessionQuery,
  summaryQuery,
} from "./visit-queries.js";

/** `/api/sessions`, `/api/people`, `/api/companies`, `/api/attribution`: the derived tables. */
export function visitRoutes(api: Hono, services: Services): void {
  const { facts, delivery, now } = services;

  listRoute(api, services, sessionTable, sessionQuery, (store, query) => store.sessions(query));
  listRoute(api, services, personTable, summaryQuery, (store, query) => store.people(query));
  listRoute(api, services, companyTable, summaryQuery, (store, query) => store.companies(query));

  only(api, "GET", "/sessions/:id", async (c) => {
    const session = await requireFacts(facts).session(c.req.param("id") ?? "");
    if (session === undefined) throw new ReceiveError("not_found", "There is no session with this id");
    return c.json({ ...session, deliveries: await deliveriesOf(delivery, session.eventId) });
  });

  only(api, "GET", "/people/:key{.+}", async (c) => {
    const person = await requireFacts(facts).person(keyInPath(c.req.param("key") ?? ""));
    if (person === undefined) throw new ReceiveError("not_found", "There is no person with this key");
    return c.json(person);
  });

  only(api, "GET", "/companies/:key{.+}", async (c) => {
    const company = await requireFacts(facts).company(keyInPath(c.req.param("key") ?? ""));
    if (company === undefined) throw new ReceiveError("not_found", "There is no company with this key");
    return c.json(company);
  });

  onlyWithQuery(api, "/attribution", async (c) => {
    const store = requireFacts(facts);
    const { format: given, ...query } = parseQuery(attributionQuery, c);
    checkRange(query.from, query.to);
    const format = exportFormat(c, given);
    if (format === undefined) return c.json(await store.attribution(query));
    const pages = attributionPages(await store.attribution({ ...query, limit: maxPageSize }));
    return exportResponse(c, attributionTable, format, pages, now());
  });
}

/** A list: a page of JSON, or all rows as CSV or NDJSON. */
function listRoute<Row>(
  api: Hono,
  { facts, now }: Services,
  table: ExportTable<Row>,
  schema: ListQuery,
  read: (facts: FactStore, query: SessionFilter & Paging) => Promise<RowPage<Row>>,
): void {
  onlyWithQuery(api, `/${table.name}`, async (c) => {
    const store = requireFacts(facts);
    const { limit, cursor, format: given, ...rest } = parseQuery(schema, c);
    const filter = checkedFilter(rest);
    const format = exportFormat(c, given);
    if (format !== undefined)
      return exportResponse(
        c,
        table,
        format,
        allPages((page) => read(store, { ...filter, ...page })),
        now(),
      );
    const { rows, nextCursor, examinedTo } = await read(store, { ...filter, limit, cursor });
    return c.json({ [table.name]: rows, nextCursor, examinedTo });
  });
}
