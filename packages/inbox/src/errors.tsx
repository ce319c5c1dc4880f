import { StoreError } from "@sessionhook/core";
import { retryAfterSeconds } from "@sessionhook/core/problem-codes";
import type { Context } from "hono";
import { ownPath } from "./link-prefix.js";
import { MessagePage } from "./pages/message-page.js";
import { renderPage } from "./render.js";

/**
 * Returns the page for an error thrown by a route: 503 with Retry-After if the store is unavailable,
 * 500 otherwise. Passes the error to `report`; the page contains nothing from it.
 */
export function handleError(
  error: unknown,
  c: Context,
  report: ((error: unknown) => void) | undefined,
): Response | Promise<Response> {
  report?.(error);
  if (StoreError.isInstance(error) && error.code === "store_unavailable") {
    c.header("Retry-After", String(retryAfterSeconds.store_unavailable));
    return renderPage(
      c,
      503,
      <MessagePage title="The store is unavailable" signedIn={true} retryPath={retryPath(c)}>
        <p>
          The events could not be read just now. Nothing is lost: the receiver acknowledges an event only when
          it is stored.
        </p>
      </MessagePage>,
    );
  }
  return renderPage(
    c,
    500,
    <MessagePage title="Something went wrong" signedIn={true} retryPath={retryPath(c)}>
      <p>This page could not be rendered. The receiver's log gives the reason.</p>
    </MessagePage>,
  );
}

function retryPath(c: Context): string {
  const path = ownPath(c);
  return path.startsWith("//") ? "/" : path;
}
