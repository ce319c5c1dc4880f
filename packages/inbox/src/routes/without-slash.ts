import type { Context } from "hono";
import { outside } from "../link-prefix.js";
import { safeNextPath } from "../session/next-path.js";

/** Returns the path of the page that a request names with a slash at its end; undefined if there is no such page. */
export function pathWithoutSlash(c: Context): string | undefined {
  const { path } = c.req;
  if (path === "/" || !path.endsWith("/")) return undefined;
  const page = safeNextPath(path.slice(0, -1) + new URL(c.req.url).search);
  // The first page has no path without its slash; it stands for every unknown path.
  return page === "/" || page.startsWith("/?") ? undefined : page;
}

/** Redirects to the page that a request names with a slash at its end; undefined if there is no such page. */
export function withoutSlash(c: Context): Response | undefined {
  const path = pathWithoutSlash(c);
  return path === undefined ? undefined : c.redirect(outside(c, path), 308);
}
