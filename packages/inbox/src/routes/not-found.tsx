import type { Context, Hono, MiddlewareHandler } from "hono";
import { Link } from "../components/link.js";
import { outside } from "../link-prefix.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";
import { noStore } from "../security-headers.js";
import type { Sessions } from "../session/sessions.js";
import { forBrowsers } from "./for-browsers.js";

export interface NotFoundParts {
  readonly sessions: Sessions;
  /** Of pages. */
  readonly headers: MiddlewareHandler;
}

/** Adds pages for unknown paths in browsers. Programs get the problem document of the receiver. */
export function addNotFoundRoute(app: Hono, { sessions, headers }: NotFoundParts): void {
  for (const handler of [headers, noStore, (c: Context) => noSuchPage(c, sessions)])
    app.get("/*", forBrowsers(handler));
}

async function noSuchPage(c: Context, sessions: Sessions): Promise<Response> {
  const signedIn = await sessions.isSignedIn(c);
  return renderPage(
    c,
    404,
    <MessagePage title="No such page" signedIn={signedIn}>
      <p>
        There is nothing at this address. Messages go to <code>POST {outside(c, "/webhooks")}</code>.
      </p>
      <p class="actions">
        <Link class="button" to="/">
          {signedIn ? "Go to the first page" : "Go to the inbox"}
        </Link>
      </p>
    </MessagePage>,
  );
}
