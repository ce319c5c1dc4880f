import type { Context, Hono } from "hono";
import { outside } from "../link-prefix.js";
import { listPath, readListFilter } from "../paths.js";
import { noStore } from "../security-headers.js";
import { requireSession } from "../session/require-session.js";
import { type FactParts, withFacts } from "./fact-parts.js";
import { noFacts } from "./no-facts.js";

/** Adds the pages of derived tables: sessions, people, companies. */
export function addFactRoutes(app: Hono, { facts, sessions, headers }: FactParts): void {
  const page = [headers, noStore, requireSession(sessions)] as const;
  const events = (c: Context) => c.redirect(outside(c, listPath(readListFilter(c.req.query()))), 303);
  app.get("/", ...page, events);
  for (const path of ["/sessions/:id", "/people", "/people/:key", "/companies", "/companies/:key"])
    app.get(path, ...page, withFacts(facts, noFacts));
}
