import { defaultPageSize } from "@sessionhook/core/limits";
import { Link } from "../components/link.js";
import { type DeliveryControl, type EventLog, signedHeaders } from "@sessionhook/core";
import { classify } from "@sessionhook/ingest";
import type { Context, Hono, MiddlewareHandler } from "hono";
import type { Clock } from "../clock.js";
import { EventPage } from "../pages/event-page.js";
import { ListPage } from "../pages/list-page.js";
import { MessagePage } from "../pages/message-page.js";
import { listPath, readListFilter } from "../paths.js";
import { fileName, rawExtension } from "../payload/file-name.js";
import { renderPage } from "../render.js";
import { noStore } from "../security-headers.js";
import { requireSession } from "../session/require-session.js";
import type { Sessions } from "../session/sessions.js";
import { withoutBadCursor } from "./without-bad-cursor.js";
import { withoutEmpty } from "./without-empty.js";

export interface EventParts {
  readonly store: EventLog;
  /** Undefined where nothing is delivered. */
  readonly delivery: DeliveryControl | undefined;
  readonly sessions: Sessions;
  readonly now: Clock;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
}

/** Adds the list, the event page and its files, for signed-in users only. */
export function addEventRoutes(app: Hono, { store, delivery, sessions, now, headers }: EventParts): void {
  const signedIn = requireSession(sessions);

  app.get("/events", headers, noStore, signedIn, withoutEmpty, async (c) => {
    const filter = readListFilter(c.req.query());
    return withoutBadCursor(c, listPath({ ...filter, cursor: undefined }), async () => {
      const [page, stats] = await Promise.all([
        store.list({ ...filter, limit: defaultPageSize }),
        store.stats(),
      ]);
      return renderPage(c, 200, <ListPage filter={filter} page={page} stats={stats} now={now()} />);
    });
  });

  app.get("/events/:id", headers, noStore, signedIn, async (c) => {
    const id = c.req.param("id");
    const version = readVersion(c.req.query("version"));
    const event = version === undefined ? undefined : await store.get(id, version);
    if (event === undefined) return noSuchEvent(c);
    const [versions, delivered] = await Promise.all([
      store.versions(id),
      delivery?.store.list({ event: id, limit: defaultPageSize }),
    ]);
    const expandAll = c.req.query("tree") === "open";
    return renderPage(
      c,
      200,
      <EventPage
        event={event}
        versions={versions}
        deliveries={version === 1 ? delivered : undefined}
        destinations={delivery?.destinations() ?? []}
        rechecked={
          event.status === "quarantined" || event.status === "unrecognized"
            ? classify(event.raw).status
            : undefined
        }
        now={now()}
        expandAll={expandAll}
      />,
    );
  });

  app.get("/events/:id/raw", headers, noStore, signedIn, async (c) => {
    const version = readVersion(c.req.query("version"));
    const event = version === undefined ? undefined : await store.get(c.req.param("id"), version);
    if (event === undefined) return noSuchEvent(c);
    return attachment(c, event.raw, `${fileName(event)}.${rawExtension(event)}`);
  });

  app.get("/events/:id/headers", headers, noStore, signedIn, async (c) => {
    const version = readVersion(c.req.query("version"));
    const event = version === undefined ? undefined : await store.get(c.req.param("id"), version);
    if (event === undefined) return noSuchEvent(c);
    const text = `${JSON.stringify(signedHeaders(event), null, 2)}\n`;
    return attachment(c, new TextEncoder().encode(text), `${fileName(event)}.headers.json`);
  });
}

/** Answers with a download. Its type is never one that a browser opens, because senders control the body. */
function attachment(c: Context, bytes: Uint8Array, name: string): Response {
  return c.body(new Uint8Array(bytes), 200, {
    "Content-Type": "application/octet-stream",
    "Content-Disposition": `attachment; filename="${name}"`,
    "Content-Length": String(bytes.byteLength),
  });
}

/** Returns the requested version, by default 1; undefined if it is invalid. */
function readVersion(given: string | undefined): number | undefined {
  if (given === undefined) return 1;
  return /^[1-9]\d{0,8}$/.test(given) ? Number(given) : undefined;
}

function noSuchEvent(c: Context): Promise<Response> {
  return renderPage(
    c,
    404,
    <MessagePage title="No such event" signedIn={true}>
      <p>The store has no event with this message id and version. Ids are case-sensitive.</p>
      <p class="actions">
        <Link class="button" to="/events">
          Back to all events
        </Link>
      </p>
    </MessagePage>,
  );
}
