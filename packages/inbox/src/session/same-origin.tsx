import type { Context, MiddlewareHandler } from "hono";
import { Link } from "../components/link.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";

/**
 * Rejects a form that another site made the browser send (CSRF). Browsers report the source of a POST in Sec-Fetch-Site, on
 * plain HTTP only in Origin; a request without both is not from a browser.
 * @param refused called for a rejected form
 */
export const sameOriginOnly =
  (refused?: (c: Context) => void): MiddlewareHandler =>
  async (c, next) => {
    const site = c.req.header("sec-fetch-site");
    const origin = c.req.header("origin");
    if (
      site === undefined
        ? origin === undefined || isOwn(origin, c)
        : site === "same-origin" || site === "none"
    )
      return next();
    refused?.(c);
    const misleading = site === undefined && origin !== undefined && URL.canParse(origin);
    return renderPage(
      c,
      403,
      <MessagePage title="Refused" signedIn={false}>
        {misleading ? (
          <HostDiffers origin={origin} host={new URL(c.req.url).host} />
        ) : (
          <p>This form was sent from another site, so nothing was done.</p>
        )}
        <p>
          <Link to="/">Go to the inbox</Link>
        </p>
      </MessagePage>,
    );
  };

/** Compares only the host: behind a proxy that ends TLS, the scheme differs. */
function isOwn(origin: string, c: Context): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(c.req.url).host;
}

/** Explains the setting of a reverse proxy that does not forward the Host header: on plain HTTP this looks like CSRF. */
function HostDiffers({ origin, host }: { readonly origin: string; readonly host: string }) {
  return (
    <>
      <p>
        The page with this form is at <code>{origin}</code>, but the form arrived with the header{" "}
        <code>Host: {host}</code>. It could be from another site, so nothing was done.
      </p>
      <p>
        If a reverse proxy is in front of this app, let it pass on the Host header that the browser sent.
        nginx, beside <code>proxy_pass</code>:{" "}
        <code>
          proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        </code>{" "}
        Apache: <code>ProxyPreserveHost On</code>.
      </p>
    </>
  );
}
