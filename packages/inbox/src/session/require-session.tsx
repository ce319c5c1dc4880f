import type { MiddlewareHandler } from "hono";
import { ContinuePage } from "../pages/continue-page.js";
import { cameFrom, outside, ownPath } from "../link-prefix.js";
import { renderPage } from "../render.js";
import { loginPath, safeNextPath } from "./next-path.js";
import type { Sessions } from "./sessions.js";

/** Continues for signed-in users; redirects others to the sign-in page. */
export function requireSession(sessions: Sessions): MiddlewareHandler {
  return async (c, next) => {
    if (await sessions.isSignedIn(c)) return next();
    // A form leads back to its page, since its address is not a page.
    const path = safeNextPath(c.req.method === "GET" || c.req.method === "HEAD" ? ownPath(c) : cameFrom(c));
    // Browsers do not send a SameSite=Strict cookie when a link on another site is followed. A navigation from a page of
    // ours sends it; if it is still missing then, that navigation ends at the sign-in page.
    if (c.req.header("sec-fetch-site") === "cross-site" && c.req.header("sec-fetch-mode") === "navigate") {
      return renderPage(c, 200, <ContinuePage path={path} />);
    }
    return c.redirect(outside(c, loginPath(path)), 303);
  };
}
