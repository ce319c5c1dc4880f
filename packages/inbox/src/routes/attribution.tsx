import { attributionPages, attributionTable, exportRows } from "@sessionhook/core/export";
import { maxPageSize } from "@sessionhook/core/limits";
import type { Hono } from "hono";
import { attributionQuery, readAttributionView } from "../attribution/view.js";
import { AttributionPage } from "../pages/attribution-page.js";
import { renderPage } from "../render.js";
import { guards } from "./guards.js";
import { type FactParts, withFacts } from "./fact-parts.js";

/** Rows of the page; the file has more. */
const shownRows = 50;

/** Adds the page of attribution and its file. */
export function addAttributionRoutes(app: Hono, parts: FactParts): void {
  const { facts, now } = parts;
  const { page } = guards(parts);

  const show = withFacts(facts, async (c, store) => {
    const view = readAttributionView(c.req.query(), now());
    const [table, status] = await Promise.all([
      store.attribution(attributionQuery(view, shownRows)),
      store.status(),
    ]);
    return renderPage(
      c,
      200,
      <AttributionPage view={view} table={table} nothingYet={status.sessions === 0} now={now()} />,
    );
  });
  app.get("/attribution", ...page, show);

  const download = withFacts(facts, async (c, store) => {
    const view = readAttributionView(c.req.query(), now());
    const table = await store.attribution(attributionQuery(view, maxPageSize));
    return exportRows(attributionTable, "csv", attributionPages(table), { now: now(), byteOrderMark: true });
  });
  app.get("/attribution.csv", ...page, download);
}
