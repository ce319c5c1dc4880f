import type { DeliveryControl, EventLog } from "@sessionhook/core";
import { defaultReplayRate } from "@sessionhook/core/limits";
import { recheck } from "@sessionhook/ingest";
import type { Context, Hono } from "hono";
import { Link } from "../components/link.js";
import { outside } from "../link-prefix.js";
import { MessagePage } from "../pages/message-page.js";
import { destinationField, eventPath, replayPath } from "../paths.js";
import { renderPage } from "../render.js";
import type { DeliveryParts } from "./delivery-parts.js";
import { guards } from "./guards.js";
import { noSuch, withDelivery } from "./no-delivery.js";
import { readForm } from "./read-form.js";

/** Adds the forms of the event page: recheck, and sending to destinations again. */
export function addEventForms(app: Hono, parts: DeliveryParts & { readonly store: EventLog }): void {
  const { store, delivery, now } = parts;
  const { form } = guards(parts);

  app.post("/events/:id/recheck", ...form, async (c) => {
    const id = c.req.param("id");
    if ((await recheck(store, id)) === undefined) return noSuch(c, "event", "/events");
    // An event that has become accepted is routed now.
    delivery?.wake();
    return c.redirect(outside(c, eventPath({ id, version: 1 })), 303);
  });

  const replay = withDelivery(delivery, async (c, control) => {
    const id = c.req.param("id") ?? "";
    const fields = await readForm(c.req.raw);
    if ((await store.get(id)) === undefined) return noSuch(c, "event", "/events");
    const destinations = chosen(control, fields);
    if (destinations.length === 0) return nothingChosen(c, id);
    const spec = { destinations, kind: "all", events: [id], rate: defaultReplayRate } as const;
    const { id: replay } = await control.store.createReplay(spec, now());
    control.wake();
    return c.redirect(outside(c, replayPath(replay)), 303);
  });
  app.post("/events/:id/replay", ...form, replay);
}

/** Returns the chosen destinations that are configured. */
function chosen(
  control: DeliveryControl,
  fields: ReadonlyMap<string, string> | undefined,
): readonly string[] {
  return control
    .destinations()
    .map(({ name }) => name)
    .filter((name) => fields?.has(destinationField(name)));
}

function nothingChosen(c: Context, id: string): Promise<Response> {
  return renderPage(
    c,
    400,
    <MessagePage title="No destination chosen" signedIn={true}>
      <p>Nothing was sent. Choose at least one destination.</p>
      <p class="actions">
        <Link class="button" to={eventPath({ id, version: 1 })}>
          Back to the event
        </Link>
      </p>
    </MessagePage>,
  );
}
