import { destinationOverviews } from "@sessionhook/core/destination-overview";
import { defaultPageSize } from "@sessionhook/core/limits";
import type { Hono } from "hono";
import { outside } from "../link-prefix.js";
import { DeliveriesPage } from "../pages/deliveries-page.js";
import { DeliveryPage } from "../pages/delivery-page.js";
import { deliveryListPath, deliveryPath, readDeliveryFilter } from "../paths.js";
import { renderPage } from "../render.js";
import type { DeliveryParts } from "./delivery-parts.js";
import { guards } from "./guards.js";
import { noSuch, withDelivery } from "./no-delivery.js";
import { withoutBadCursor } from "./without-bad-cursor.js";
import { withoutEmpty } from "./without-empty.js";

/** Adds the list of deliveries, the page of a delivery, and its retry. */
export function addDeliveryRoutes(app: Hono, parts: DeliveryParts): void {
  const { delivery, now } = parts;
  const { page, form } = guards(parts);

  const list = withDelivery(delivery, async (c, control) => {
    const filter = readDeliveryFilter(c.req.query());
    return withoutBadCursor(c, deliveryListPath({ ...filter, cursor: undefined }), async () => {
      const [found, destinations] = await Promise.all([
        control.store.list({ ...filter, limit: defaultPageSize }),
        destinationOverviews(control, now()),
      ]);
      return renderPage(
        c,
        200,
        <DeliveriesPage filter={filter} page={found} destinations={destinations} now={now()} />,
      );
    });
  });
  app.get("/deliveries", ...page, withoutEmpty, list);

  const show = withDelivery(delivery, async (c, control) => {
    const id = c.req.param("id") ?? "";
    const [found, attempts, destinations] = await Promise.all([
      control.store.get(id),
      control.store.attempts(id),
      destinationOverviews(control, now()),
    ]);
    if (found === undefined) return noSuch(c, "delivery", "/deliveries");
    const destination = destinations.find(({ name }) => name === found.destination);
    return renderPage(
      c,
      200,
      <DeliveryPage delivery={found} attempts={attempts} destination={destination} now={now()} />,
    );
  });
  app.get("/deliveries/:id", ...page, show);

  const retry = withDelivery(delivery, async (c, control) => {
    const id = c.req.param("id") ?? "";
    if (!(await control.store.requeue(id, now()))) return noSuch(c, "delivery", "/deliveries");
    control.wake();
    return c.redirect(outside(c, deliveryPath(id)), 303);
  });
  app.post("/deliveries/:id/retry", ...form, retry);
}
