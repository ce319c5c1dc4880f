import { defaultPageSize } from "@sessionhook/core/limits";
import type { Hono } from "hono";
import { outside } from "../link-prefix.js";
import { sessionPath } from "../paths.js";
import { noStore } from "../security-headers.js";
import { readSessionFilter, storeFilter } from "../visits/session-list-filter.js";
import type { FactParts } from "./fact-parts.js";

/**
 * Adds the route that the script asks every few seconds: the paths of the sessions on the first page of the list. Short requests work on every
 * runtime and leave nothing to release when the server stops; a stream of events would hold a connection for each open page.
 */
export function addLiveRoutes(app: Hono, { facts, sessions, now, headers }: FactParts): void {
  app.get("/live/sessions", headers, noStore, async (c) => {
    if (facts === undefined) return c.notFound();
    if (!(await sessions.isSignedIn(c))) return c.json({ error: "not signed in" }, 401);
    const filter = storeFilter(readSessionFilter(c.req.query()), now());
    const { rows } = await facts.sessions({ ...filter, limit: defaultPageSize });
    return c.json({ sessions: rows.map(({ id }) => outside(c, sessionPath(id))) });
  });
}
