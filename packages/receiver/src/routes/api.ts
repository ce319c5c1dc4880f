import { defaultPageSize, maxPageSize } from "@sessionhook/core/limits";
import { eventStatuses, signedHeaders, type StoredEvent } from "@sessionhook/core";
import { type Context, Hono } from "hono";
import * as z from "zod/mini";
import { requireAdmin } from "../admin-auth.js";
import { ReceiveError } from "@sessionhook/ingest";
import { recheck } from "../recheck.js";
import type { Services } from "../services.js";
import { readFeed } from "./feed.js";
import { only } from "./only.js";

const wholeNumber = (max: number) =>
  z.pipe(
    z.string().check(z.regex(/^[0-9]{1,9}$/, "must be an integer")),
    z.pipe(
      z.transform(Number),
      z.number().check(z.minimum(1, "must be 1 or more"), z.maximum(max, `must be ${max} or less`)),
    ),
  );
const text = (min: number, max: number) =>
  z
    .string()
    .check(z.minLength(min, "must not be empty"), z.maxLength(max, `must have at most ${max} characters`));

const listQuery = z.object({
  status: z.optional(z.enum(eventStatuses, `must be one of ${eventStatuses.join(", ")}`)),
  type: z.optional(text(1, 256)),
  q: z.optional(text(0, 256)),
  limit: z._default(wholeNumber(maxPageSize), defaultPageSize),
  cursor: z.optional(text(1, 512)),
  after: z.optional(text(0, 512)),
});
const versionQuery = z._default(wholeNumber(999_999_999), 1);

/** `/api/*`: the stored events, for scripts. Every route requires the admin token. */
export function apiRoutes(app: Hono, services: Services): void {
  const { store, adminToken, signInFailed, createSignInLink } = services;
  const api = new Hono();
  api.use("*", requireAdmin(adminToken, signInFailed), async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
  });

  only(api, "GET", "/events", async (c) => {
    const query = listQuery.safeParse(c.req.query());
    if (!query.success) throw badQuery(query.error);
    const { q, cursor, after, ...rest } = query.data;
    const filter = { ...rest, q: q === "" ? undefined : q };
    if (after === undefined) return c.json(await store.list({ ...filter, cursor }));
    if (cursor !== undefined)
      throw new ReceiveError(
        "invalid_query",
        "cursor reads backward and after reads forward: give one of them",
      );
    return c.json(await readFeed(store, { ...filter, after }));
  });

  only(api, "GET", "/events/:id", async (c) => {
    const event = await find(c, services);
    const { raw, ...rest } = event;
    const versions = await store.versions(event.id);
    const known = JSON.stringify({ ...rest, versions, deliveries: [] });
    // As text: parsing and serializing it again would change numbers and could exhaust the stack.
    c.header("content-type", "application/json");
    return c.body(`${known.slice(0, -1)},"payload":${jsonText(raw) ?? "null"}}`);
  });

  only(api, "GET", "/events/:id/raw", async (c) => {
    const event = await find(c, services);
    c.header("content-type", "application/octet-stream");
    return c.body(event.raw as Uint8Array<ArrayBuffer>);
  });

  only(api, "GET", "/events/:id/headers", async (c) => c.json(signedHeaders(await find(c, services))));

  only(api, "POST", "/events/:id/recheck", async (c) => {
    const result = await recheck(store, c.req.param("id") ?? "");
    if (result === undefined) throw unknownEvent();
    return c.json({ ...result, deliveries: [] });
  });

  if (createSignInLink !== undefined) only(api, "POST", "/sign-in-links", (c) => c.json(createSignInLink()));

  only(api, "GET", "/stats", async (c) => c.json(await store.stats()));

  app.route("/api", api);
}

/**
 * Returns the event, or its version, that a request names.
 * @throws ReceiveError `not_found`, `invalid_query`
 */
async function find(c: Context, { store }: Services): Promise<StoredEvent> {
  const version = versionQuery.safeParse(c.req.query("version"));
  if (!version.success) throw badQuery(version.error, "version");
  const event = await store.get(c.req.param("id") ?? "", version.data);
  if (event === undefined) throw unknownEvent();
  return event;
}

function unknownEvent(): ReceiveError {
  return new ReceiveError("not_found", "No event is stored under this id");
}

function badQuery(error: z.core.$ZodError, name = ""): ReceiveError {
  const details = error.issues.map((issue) => `${issue.path.join(".") || name} ${issue.message}`);
  return new ReceiveError("invalid_query", details.join("; "));
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
