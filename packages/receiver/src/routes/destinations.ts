import { destinationOverviews } from "@sessionhook/core/destination-overview";
import { type DeliveryControl } from "@sessionhook/core";
import { ReceiveError } from "@sessionhook/ingest";
import type { Context, Hono } from "hono";
import type { Services } from "../services.js";
import { destinationJson, requireDelivery } from "./delivery-json.js";
import { only } from "./only.js";

/** `/api/destinations`: the systems that events are sent to. */
export function destinationRoutes(api: Hono, { delivery, now }: Services): void {
  only(api, "GET", "/destinations", async (c) => {
    const at = now();
    const overviews = await destinationOverviews(requireDelivery(delivery), at);
    return c.json({ destinations: overviews.map((one) => destinationJson(one, at)), nextCursor: null });
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
}

async function overviewOf(control: DeliveryControl, name: string, at: number) {
  const overview = (await destinationOverviews(control, at)).find((one) => one.name === name);
  if (overview === undefined) throw unknownDestination();
  return destinationJson(overview, at);
}

function unknownDestination(): ReceiveError {
  return new ReceiveError("not_found", "No destination has this name");
}
