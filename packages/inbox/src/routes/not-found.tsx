import type { Context, Hono, MiddlewareHandler } from "hono";
import { FirstPageLink } from "../components/first-page-link.js";
import { outside } from "../link-prefix.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";
import { noStore } from "../security-headers.js";
import type { Sessions } from "../session/sessions.js";
import { onlyIf, wantsPage } from "./only-if.js";
import { pathWithoutSlash, withoutSlash } from "./without-slash.js";

export interface NotFoundParts {
  readonly sessions: Sessions;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
}

/**
 * Adds the answers to unknown paths: a redirect for a page with a slash at its end, and a page in browsers. Programs get the
 * problem document of the receiver.
 */
export function addNotFoundRoute(app: Hono, { sessions, headers }: NotFoundParts): void {
  const slash = (c: Context) => pathWithoutSlash(c) !== undefined;
  for (const handler of [headers, noStore, async (c: Context) => withoutSlash(c)])
    app.get("/*", onlyIf(slash, handler));
  for (const handler of [headers, noStore, (c: Context) => noSuchPage(c, sessions)])
    app.get("/*", onlyIf(wantsPage, handler));
}

async function noSuchPage(c: Context, sessions: Sessions): Promise<Response> {
  const signedIn = await sessions.isSignedIn(c);
  c.header("Vary", "Accept");
  return renderPage(
    c,
    404,
    <MessagePage title="No such page" signedIn={signedIn}>
      <p>
        There is nothing at this address. Messages go to <code>POST {outside(c, "/webhooks")}</code>.
      </p>
      <FirstPageLink signedIn={signedIn} />
    </MessagePage>,
  );
}
