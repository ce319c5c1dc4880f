import { eventStatuses, signedHeaders, type StoredEvent } from "@sessionhook/core";
import { allPages, eventTable } from "@sessionhook/core/export";
import { maxFactLength } from "@sessionhook/core/limits";
import { ReceiveError, recheck } from "@sessionhook/ingest";
import type { Context, Hono } from "hono";
import * as z from "zod/mini";
import type { Services } from "../services.js";
import { deliveriesOf } from "./delivery-json.js";
import { feedPages, readFeed } from "./feed.js";
import { exportFormat, exportResponse, formatQuery } from "./formats.js";
import { only, onlyWithQuery } from "./only.js";
import { checkRange, oneOf, pageQuery, parseQuery, rangeQuery, text, wholeNumber } from "./query.js";
import { type EventSelection, selectEvents } from "./select-events.js";

const listQuery = z.strictObject({
  status: z.optional(oneOf(eventStatuses)),
  type: z.optional(text(1, 256)),
  q: z.optional(text(0, 256)),
  ...rangeQuery,
  person: z.optional(text(1, maxFactLength)),
  company: z.optional(text(1, maxFactLength)),
  ...pageQuery,
  after: z.optional(text(0, 512)),
  ...formatQuery,
});
const versionQuery = z.strictObject({ version: z._default(wholeNumber(999_999_999), 1) });

/** `/api/events`: the stored events. */
export function eventRoutes(api: Hono, services: Services): void {
  const { store, delivery, now } = services;

  onlyWithQuery(api, "/events", async (c) => {
    const { q, limit, cursor, after, format: given, ...rest } = parseQuery(listQuery, c);
    const selection = { ...rest, q: q === "" ? undefined : q };
    checkRange(selection.from, selection.to);
    checkDirection({ ...selection, cursor, after });
    const format = exportFormat(c, given);
    if (format !== undefined) {
      const listed = allPages(async (page) => {
        const { events, nextCursor } = await selectEvents(services, selection, page);
        return { rows: events, nextCursor };
      });
      const pages = after === undefined ? listed : feedPages(store, { ...selection, after });
      return exportResponse(c, eventTable, format, pages, now());
    }
    if (after === undefined) return c.json(await selectEvents(services, selection, { limit, cursor }));
    return c.json(await readFeed(store, { ...selection, limit, after }));
  });

  onlyWithQuery(api, "/events/:id", async (c) => {
    const event = await find(c, services);
    const { raw, ...rest } = event;
    const [versions, deliveries] = await Promise.all([
      store.versions(event.id),
      deliveriesOf(delivery, event.id),
    ]);
    const known = JSON.stringify({ ...rest, versions, deliveries });
    // As text: parsing and serializing it again would change numbers and could exhaust the stack.
    c.header("content-type", "application/json");
    return c.body(`${known.slice(0, -1)},"payload":${jsonText(raw) ?? "null"}}`);
  });

  onlyWithQuery(api, "/events/:id/raw", async (c) => {
    const event = await find(c, services);
    c.header("content-type", "application/octet-stream");
    return c.body(event.raw as Uint8Array<ArrayBuffer>);
  });

  onlyWithQuery(api, "/events/:id/headers", async (c) => c.json(signedHeaders(await find(c, services))));

  only(api, "POST", "/events/:id/recheck", async (c) => {
    const id = c.req.param("id") ?? "";
    const result = await recheck(store, id);
    if (result === undefined) throw unknownEvent();
    // An event that has become accepted is routed now.
    delivery?.wake();
    return c.json({ ...result, deliveries: await deliveriesOf(delivery, id) });
  });
}

/**
 * Checks that a request reads in one direction, and forward only what the event log can select.
 * @throws ReceiveError `invalid_query`
 */
function checkDirection(
  query: EventSelection & { readonly cursor: string | undefined; readonly after: string | undefined },
): void {
  if (query.after === undefined) return;
  const wrong = (["cursor", "person", "company"] as const).find((name) => query[name] !== undefined);
  if (wrong === undefined) return;
  const reason = wrong === "cursor" ? "reads backward" : "selects from the list";
  throw new ReceiveError("invalid_query", `${wrong} ${reason} and after reads forward: give one of them`);
}

/**
 * Returns the event, or its version, that a request names.
 * @throws ReceiveError `not_found`, `invalid_query`
 */
async function find(c: Context, { store }: Services): Promise<StoredEvent> {
  const { version } = parseQuery(versionQuery, c);
  const id = c.req.param("id") ?? "";
  const event = await store.get(id, version);
  if (event !== undefined) return event;
  if (version !== undefined && (await store.get(id)) !== undefined)
    throw new ReceiveError("not_found", "The event has no version with this number");
  throw unknownEvent();
}

export function unknownEvent(): ReceiveError {
  return new ReceiveError(
    "not_found",
    "No event is stored under this id; an erasure or retention may have deleted it",
  );
}

/** Returns the body as JSON text; undefined if it is not JSON. The raw bytes are always available. */
function jsonText(raw: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(raw);
    JSON.parse(text);
    return text;
  } catch {
    return undefined;
  }
}
