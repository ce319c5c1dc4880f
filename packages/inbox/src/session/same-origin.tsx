import type { Context, MiddlewareHandler } from "hono";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";

/**
 * Refuses a form that another site made the browser send (CSRF). Browsers say where a POST comes
 * from in Sec-Fetch-Site, on plain HTTP only in Origin; without both it was no browser.
 */
export const sameOriginOnly: MiddlewareHandler = async (c, next) => {
  if (comesFromHere(c)) return next();
  return renderPage(
    c,
    403,
    <MessagePage title="Refused" signedIn={false}>
      <p>This form was sent from another site, so nothing was done.</p>
      <p>
        <a href="/">Go to the inbox</a>
      </p>
    </MessagePage>,
  );
};

function comesFromHere(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin" || site === "none";
  const origin = c.req.header("origin");
  if (origin === undefined) return true;
  // Only the host is compared: behind a proxy that ends TLS the scheme we see is another one.
  return URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host;
}
