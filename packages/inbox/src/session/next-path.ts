import { isPagePath } from "../page-registry.js";

/**
 * Returns the path to open after signing in: the given path if it is a registered page, `/` otherwise. The URL
 * parser normalizes the result, so it cannot lead to another origin.
 */
export function safeNextPath(given: string | undefined): string {
  if (given === undefined || !given.startsWith("/")) return "/";
  const base = "http://inbox.invalid";
  if (!URL.canParse(given, base)) return "/";
  const url = new URL(given, base);
  return url.origin === base && isPagePath(url.pathname) ? url.pathname + url.search : "/";
}

/** Returns the path of the sign-in page that returns to a path afterwards. */
export function loginPath(next: string): string {
  return next === "/" ? "/login" : `/login?${new URLSearchParams({ next }).toString()}`;
}
