import type { DeliveryControl } from "@sessionhook/core";
import type { Context } from "hono";
import { Link } from "../components/link.js";
import { MessagePage } from "../pages/message-page.js";
import { renderPage } from "../render.js";

/** Answers a request for deliveries where nothing is delivered. */
export function noDelivery(c: Context): Promise<Response> {
  return renderPage(
    c,
    404,
    <MessagePage title="No deliveries here" signedIn={true}>
      <p>
        This server receives and stores events. It does not deliver them: its store or runtime cannot. Servers
        on Node, Bun and Deno with SQLite can.
      </p>
      <p class="actions">
        <Link class="button" to="/events">
          Show all events
        </Link>
      </p>
    </MessagePage>,
  );
}

/** Makes a handler that needs the control of deliveries. */
export function withDelivery(
  delivery: DeliveryControl | undefined,
  handler: (c: Context, control: DeliveryControl) => Promise<Response>,
): (c: Context) => Promise<Response> {
  return (c) => (delivery === undefined ? noDelivery(c) : handler(c, delivery));
}

/** Answers a request for a delivery, destination or replay that does not exist; `reason` is a sentence. */
export function noSuch(
  c: Context,
  what: string,
  back: string,
  reason = "It may have been erased, or deleted at the end of its retention.",
): Promise<Response> {
  return renderPage(
    c,
    404,
    <MessagePage title={`No such ${what}`} signedIn={true}>
      <p>
        There is no {what} at this address. {reason}
      </p>
      <p class="actions">
        <Link class="button" to={back}>
          Back
        </Link>
      </p>
    </MessagePage>,
  );
}
