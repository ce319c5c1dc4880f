import type { FactStore, Paging, RowPage, SessionFilter } from "@sessionhook/core";
import {
  allPages,
  companyTable,
  exportRows,
  type ExportTable,
  personTable,
  sessionTable,
} from "@sessionhook/core/export";
import type { WebServer } from "@sessionhook/ingest";
import type { Hono } from "hono";
import type { Query } from "../visits/query.js";
import { readSessionFilter, storeFilter } from "../visits/session-list-filter.js";
import { readCompanyFilter, readSummaryFilter, storeSummaryFilter } from "../visits/summary-list-filter.js";
import { guards } from "./guards.js";
import { type FactParts, withFacts } from "./fact-parts.js";

interface ExportParts extends FactParts {
  /** Called if an export breaks off. */
  readonly report: (error: unknown) => void;
}

/** Adds the files of the lists of sessions, people and companies: everything that the filter of the list selects. */
export function addExportRoutes(app: Hono, parts: ExportParts): void {
  const { facts, now, report } = parts;
  const { page } = guards(parts);

  function add<Row>(
    table: ExportTable<Row>,
    filterOf: (query: Query) => SessionFilter,
    read: (facts: FactStore, query: SessionFilter & Paging) => Promise<RowPage<Row>>,
  ): void {
    for (const format of ["csv", "ndjson"] as const) {
      const download = withFacts(facts, (c, store) => {
        const filter = filterOf(c.req.query());
        const { breakOff } = (c.env ?? {}) as Pick<WebServer, "breakOff">;
        const pages = allPages((paging) => read(store, { ...filter, ...paging }));
        return exportRows(table, format, pages, {
          now: now(),
          byteOrderMark: true,
          breakOff,
          onFailure: report,
        });
      });
      app.get(`/${table.name}.${format}`, ...page, download);
    }
  }

  const sessions = (query: Query) => storeFilter(readSessionFilter(query), now());
  const people = (query: Query) => storeSummaryFilter(readSummaryFilter(query), now());
  const companies = (query: Query) => storeSummaryFilter(readCompanyFilter(query), now());
  add(sessionTable, sessions, (store, query) => store.sessions(query));
  add(personTable, people, (store, query) => store.people(query));
  add(companyTable, companies, (store, query) => store.companies(query));
}
