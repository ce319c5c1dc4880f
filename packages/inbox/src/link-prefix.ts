import type { Context } from "hono";

declare module "hono" {
  interface ContextVariableMap {
    /** The prefix that browsers have before the paths of the inbox: `/hooks`, or nothing. */
    linkPrefix: string;
  }
}

/**
 * Works out where browsers find the inbox: below the configured base path, or else below the path that a proxy says it
 * removed (X-Forwarded-Prefix). Anybody can send that header, so it decides about links, redirects and the path of the
 * cookie, and about nothing else.
 */
export function setLinkPrefix(c: Context, basePath: string): void {
  c.set("linkPrefix", basePath === "" ? forwardedPrefix(c) : basePath);
}

function forwardedPrefix(c: Context): string {
  const [, prefix = ""] =
    /^((?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*)\/?$/.exec(c.req.header("x-forwarded-prefix") ?? "") ?? [];
  return prefix.length > 256 ? "" : prefix;
}

/** Returns a path of the inbox as the browser must ask for it. */
export function outside(c: Context, path: string): string {
  return c.get("linkPrefix") + path;
}

/** Returns path and query of a request, without the base path. */
export function ownPath(c: Context): string {
  return c.req.path + new URL(c.req.url).search;
}
