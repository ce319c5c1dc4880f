import type { Context } from "hono";
import { Link } from "../components/link.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";

/** Answers a request for sessions, people or companies where the store does not derive them. */
export function noFacts(c: Context): Promise<Response> {
  return renderPage(
    c,
    404,
    <MessagePage title="No sessions here" signedIn={true}>
      <p>
        This store has the events, but no tables of sessions, people and companies. Servers on Node, Bun and
        Deno with SQLite have them.
      </p>
      <p class="actions">
        <Link class="button" to="/events">
          Show all events
        </Link>
      </p>
    </MessagePage>,
  );
}
