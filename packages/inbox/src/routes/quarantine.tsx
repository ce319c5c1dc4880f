import type { DeliveryControl, EventLog } from "@sessionhook/core";
import { newestEvents, recheckMany } from "@sessionhook/ingest";
import type { Hono, MiddlewareHandler } from "hono";
import type { Clock } from "../clock.js";
import { outside } from "../link-prefix.js";
import { QuarantinePage } from "../pages/quarantine-page.js";
import { RecheckPage } from "../pages/recheck-page.js";
import { RecheckResultPage } from "../pages/recheck-result-page.js";
import { groupIssues } from "../quarantine/group-issues.js";
import { readPosition, readSelection, recheckPath } from "../quarantine/selection.js";
import { renderPage } from "../render.js";
import type { Sessions } from "../session/sessions.js";
import { guards } from "./guards.js";
import { readForm } from "./read-form.js";
import { withoutBadCursor } from "./without-bad-cursor.js";

export interface QuarantineParts {
  readonly store: EventLog;
  /** Undefined where nothing is delivered. */
  readonly delivery: DeliveryControl | undefined;
  readonly sessions: Sessions;
  readonly now: Clock;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
}

/** Time for which a recheck runs within one request, in milliseconds. */
const maxMs = 5000;

/** Adds quarantined events by issue, and the recheck of many: its effect first, then the run. */
export function addQuarantineRoutes(app: Hono, parts: QuarantineParts): void {
  const { store, delivery, now } = parts;
  const { page, form } = guards(parts);

  app.get("/quarantine", ...page, async (c) => {
    const [stats, { pages, complete }] = await Promise.all([
      store.stats(),
      newestEvents(store, "quarantined"),
    ]);
    const groups = await groupIssues(pages);
    return renderPage(
      c,
      200,
      <QuarantinePage stats={stats} groups={groups} complete={complete} now={now()} />,
    );
  });

  app.get("/quarantine/recheck", ...page, async (c) => {
    const get = (name: string) => c.req.query(name);
    const [selection, after] = [readSelection(get), readPosition(get)];
    return withoutBadCursor(c, recheckPath(selection), async () => {
      const effect = await recheckMany(store, selection, { after, now, maxMs }, { store: false });
      return renderPage(
        c,
        200,
        <RecheckPage selection={selection} after={after} effect={effect} delivers={delivery !== undefined} />,
      );
    });
  });

  app.post("/quarantine/recheck", ...form, async (c) => {
    const fields = await readForm(c.req.raw);
    if (fields?.get("status") === undefined) return c.redirect(outside(c, "/quarantine"), 303);
    const get = (name: string) => fields.get(name);
    const [selection, after] = [readSelection(get), readPosition(get)];
    return withoutBadCursor(c, recheckPath(selection), async () => {
      const effect = await recheckMany(store, selection, { after, now, maxMs }, { store: true });
      // Accepted events are routed now.
      delivery?.wake();
      return renderPage(c, 200, <RecheckResultPage selection={selection} effect={effect} />);
    });
  });
}
