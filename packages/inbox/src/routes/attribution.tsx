import type { AttributionTable } from "@sessionhook/core";
import type { Hono } from "hono";
import { attributionQuery, dayText, readAttributionView } from "../attribution/view.js";
import { toCsv } from "../csv.js";
import { AttributionPage } from "../pages/attribution-page.js";
import { renderPage } from "../render.js";
import { guards } from "./delivery-parts.js";
import { type FactParts, withFacts } from "./fact-parts.js";

/** Rows of the page and of the file. */
const shownRows = 50;
const fileRows = 500;

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
      <AttributionPage view={view} table={table} nothingYet={status.sessions === 0} />,
    );
  });
  app.get("/attribution", ...page, show);

  const download = withFacts(facts, async (c, store) => {
    const view = readAttributionView(c.req.query(), now());
    const table = await store.attribution(attributionQuery(view, fileRows));
    const name = `attribution-${view.by}-${view.model}-${dayText(view.firstDay)}-${dayText(view.lastDay)}.csv`;
    return c.body(fileOf(table, view.by), 200, {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
    });
  });
  app.get("/attribution.csv", ...page, download);
}

function fileOf({ rows, others }: AttributionTable, by: string): string {
  const rest =
    others === null ? [] : [[`${others.values} others`, others.sessions, others.people, others.companies]];
  return toCsv([
    [by, "sessions", "people", "companies"],
    ...rows.map(({ value, sessions, people, companies }) => [value, sessions, people, companies]),
    ...rest,
  ]);
}
