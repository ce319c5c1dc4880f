import type { Hono } from "hono";
import { outside } from "../link-prefix.js";
import { ReplayPage } from "../pages/replay-page.js";
import { replayPath } from "../paths.js";
import { renderPage } from "../render.js";
import type { DeliveryParts } from "./delivery-parts.js";
import { guards } from "./guards.js";
import { noSuch, withDelivery } from "./no-delivery.js";

/** Adds the page of a replay, and its cancellation. */
export function addReplayRoutes(app: Hono, parts: DeliveryParts): void {
  const { delivery, now } = parts;
  const { page, form } = guards(parts);

  const show = withDelivery(delivery, async (c, control) => {
    const replay = await control.store.replay(c.req.param("id") ?? "");
    if (replay === undefined) return noSuch(c, "replay", "/destinations");
    return renderPage(c, 200, <ReplayPage replay={replay} now={now()} />);
  });
  app.get("/replays/:id", ...page, show);

  const cancel = withDelivery(delivery, async (c, control) => {
    const id = c.req.param("id") ?? "";
    await control.store.cancelReplay(id, now());
    control.wake();
    return c.redirect(outside(c, replayPath(id)), 303);
  });
  app.post("/replays/:id/cancel", ...form, cancel);
}
