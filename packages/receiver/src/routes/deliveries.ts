import { type DeliveryControl, deliveryStates } from "@sessionhook/core";
import { ReceiveError } from "@sessionhook/ingest";
import type { Hono } from "hono";
import * as z from "zod/mini";
import type { Services } from "../services.js";
import { deliveryJson, requireDelivery } from "./delivery-json.js";
import { only, onlyWithQuery } from "./only.js";
import { oneOf, pageQuery, parseQuery, quoted, text } from "./query.js";

const listQuery = z.strictObject({
  destination: z.optional(text(1, 256)),
  state: z.optional(oneOf(deliveryStates)),
  event: z.optional(text(1, 256)),
  replay: z.optional(text(1, 256)),
  ...pageQuery,
});

/** `/api/deliveries`: what is sent where. */
export function deliveryRoutes(api: Hono, { delivery, now }: Services): void {
  onlyWithQuery(api, "/deliveries", async (c) => {
    const control = requireDelivery(delivery);
    const query = parseQuery(listQuery, c);
    const { deliveries, nextCursor } = await control.store.list(query);
    if (deliveries.length === 0 && query.destination !== undefined)
      await requireKnown(control, query.destination);
    return c.json({ deliveries: deliveries.map(deliveryJson), nextCursor });
  });

  only(api, "GET", "/deliveries/:id", async (c) =>
    c.json(await detail(requireDelivery(delivery), c.req.param("id") ?? "")),
  );

  only(api, "POST", "/deliveries/:id/retry", async (c) => {
    const control = requireDelivery(delivery);
    const id = c.req.param("id") ?? "";
    if (!(await control.store.requeue(id, now()))) throw unknownDelivery();
    control.wake();
    return c.json(await detail(control, id));
  });
}

/**
 * Checks that a destination is or was configured.
 * @throws ReceiveError `invalid_query`
 */
async function requireKnown(control: DeliveryControl, name: string): Promise<void> {
  const known = [...control.destinations(), ...(await control.store.destinations())];
  if (!known.some((destination) => destination.name === name))
    throw new ReceiveError("invalid_query", `destination ${quoted(name)} is unknown`);
}

async function detail({ store }: DeliveryControl, id: string) {
  const [found, attempts] = await Promise.all([store.get(id), store.attempts(id)]);
  if (found === undefined) throw unknownDelivery();
  return { ...deliveryJson(found), attempts };
}

function unknownDelivery(): ReceiveError {
  return new ReceiveError("not_found", "There is no delivery with this id");
}
