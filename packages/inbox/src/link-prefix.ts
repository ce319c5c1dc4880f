import type { Context } from "hono";

declare module "hono" {
  interface ContextVariableMap {
    /** The prefix of the inbox's paths in browsers: `/hooks`, or empty. */
    linkPrefix: string;
    /** True where the store has derived tables: the navigation depends on it. */
    hasFacts: boolean;
    /** The beginning of a command for this app. */
    commandLine: string;
  }
}

/**
 * Determines the path under which browsers reach the inbox: the configured base path, or else the path that a proxy reports
 * to have removed (X-Forwarded-Prefix). Any client can send that header, so only links, redirects and the path of the
 * cookie depend on it.
 */
export function setLinkPrefix(c: Context, basePath: string): void {
  c.set("linkPrefix", basePath === "" ? forwardedPrefix(c) : basePath);
}

function forwardedPrefix(c: Context): string {
  const [, prefix = ""] =
    /^((?:\/(?!\.{1,2}(?:\/|$))[\w.~-]+)*)\/?$/.exec(c.req.header("x-forwarded-prefix") ?? "") ?? [];
  return prefix.length > 256 ? "" : prefix;
}

/** Returns a path of the inbox as the browser must request it. */
export function outside(c: Context, path: string): string {
  return c.get("linkPrefix") + path;
}

/** Returns path and query of a request, without the base path. */
export function ownPath(c: Context): string {
  return c.req.path + new URL(c.req.url).search;
}

/** Returns path and query of the page of the inbox that a request came from, without the prefix; undefined if it is unknown. */
export function cameFrom(c: Context): string | undefined {
  const referer = c.req.header("referer") ?? "";
  if (!URL.canParse(referer)) return undefined;
  const { host, pathname, search } = new URL(referer);
  const root = outside(c, "/");
  // Only the host: behind a proxy that ends TLS, the scheme differs.
  if (host !== new URL(c.req.url).host || !pathname.startsWith(root)) return undefined;
  return pathname.slice(root.length - 1) + search;
}
