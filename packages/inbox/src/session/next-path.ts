/**
 * Returns the path to open after signing in: the given path if it is a page of the inbox, `/` otherwise. The
 * result has been through the URL parser, so that no spelling of another origin remains.
 */
export function safeNextPath(given: string | undefined): string {
  if (given === undefined || !given.startsWith("/")) return "/";
  const base = "http://inbox.invalid";
  if (!URL.canParse(given, base)) return "/";
  const url = new URL(given, base);
  const isPage = url.pathname === "/" || /^\/events\/[^/]/.test(url.pathname);
  return url.origin === base && isPage ? url.pathname + url.search : "/";
}

/** The sign-in page that leads back to a path. */
export function loginPath(next: string): string {
  return next === "/" ? "/login" : `/login?${new URLSearchParams({ next }).toString()}`;
}
