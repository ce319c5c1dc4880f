import { maxPageSize } from "@sessionhook/core/limits";
import { destinationOverviews } from "@sessionhook/core/destination-overview";
import { type DeliveryControl } from "@sessionhook/core";
import { ReceiveError } from "@sessionhook/ingest";
import type { Context, Hono } from "hono";
import * as z from "zod/mini";
import type { Services } from "../services.js";
import { destinationJson, requireDelivery } from "./delivery-json.js";
import { only, onlyWithQuery } from "./only.js";
import { pageQuery, parseQuery, wholeNumber } from "./query.js";

/** They are few: without a limit, a page has all of them in practice. */
const listQuery = z.strictObject({ ...pageQuery, limit: z._default(wholeNumber(maxPageSize), maxPageSize) });

/** `/api/destinations`: the systems that events are sent to. */
export function destinationRoutes(api: Hono, { delivery, now }: Services): void {
  onlyWithQuery(api, "/destinations", async (c) => {
    const control = requireDelivery(delivery);
    const { limit, cursor } = parseQuery(listQuery, c);
    const at = now();
    const all = await destinationOverviews(control, at);
    const from = cursor === undefined ? 0 : all.findIndex(({ name }) => name === cursor) + 1;
    if (cursor !== undefined && from === 0)
      throw new ReceiveError("invalid_query", "cursor is not of this list");
    const page = all.slice(from, from + limit);
    const nextCursor = from + limit < all.length ? page.at(-1)?.name : null;
    return c.json({ destinations: page.map((one) => destinationJson(one, at)), nextCursor });
  });

  only(api, "POST", "/destinations/:name/test", async (c) => {
    const control = requireDelivery(delivery);
    const name = c.req.param("name") ?? "";
    if (!control.destinations().some((one) => one.name === name))
      throw new ReceiveError("not_found", "No destination of this name is configured");
    const result = await control.test(name);
    return c.json({
      destination: name,
      outcome: result.outcome,
      reason: "reason" in result ? result.reason : null,
    });
  });

  const change = (operation: "pause" | "resume") => async (c: Context) => {
    const control = requireDelivery(delivery);
    const name = c.req.param("name") ?? "";
    if (!(await control[operation](name))) throw unknownDestination();
    control.wake();
    return c.json(await overviewOf(control, name, now()));
  };
  only(api, "POST", "/destinations/:name/pause", change("pause"));
  only(api, "POST", "/destinations/:name/resume", change("resume"));

  only(api, "POST", "/destinations/:name/discard", async (c) => {
    const control = requireDelivery(delivery);
    const name = c.req.param("name") ?? "";
    if (control.destinations().some((one) => one.name === name))
      throw new ReceiveError("not_found", "The destination is in the configuration: its deliveries are sent");
    if (!(await control.discard(name))) throw unknownDestination();
    return c.json(await overviewOf(control, name, now()));
  });
}

async function overviewOf(control: DeliveryControl, name: string, at: number) {
  const overview = (await destinationOverviews(control, at)).find((one) => one.name === name);
  if (overview === undefined) throw unknownDestination();
  return destinationJson(overview, at);
}

function unknownDestination(): ReceiveError {
  return new ReceiveError("not_found", "No destination has this name");
}
