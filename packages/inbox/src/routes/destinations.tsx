import { destinationOverviews } from "@sessionhook/core/destination-overview";
import type { DeliveryControl, ReplaySpec } from "@sessionhook/core";
import { defaultReplayRate } from "@sessionhook/core/limits";
import type { Context, Hono } from "hono";
import { outside } from "../link-prefix.js";
import { DiscardPage } from "../pages/discard-page.js";
import { DestinationsPage } from "../pages/destinations-page.js";
import { ReplayPreviewPage } from "../pages/replay-preview-page.js";
import { TestResultPage } from "../pages/test-result-page.js";
import { destinationForm, destinationPath, replayPath } from "../paths.js";
import { renderPage } from "../render.js";
import type { DeliveryParts } from "./delivery-parts.js";
import { guards } from "./guards.js";
import { noSuch, withDelivery } from "./no-delivery.js";
import { readForm } from "./read-form.js";

/** The destinations, and their forms: pause, resume, test, replay, discard. */
export function addDestinationRoutes(app: Hono, parts: DeliveryParts): void {
  const { delivery, now } = parts;
  const { page, form } = guards(parts);

  const list = withDelivery(delivery, async (c, control) => {
    const [destinations, { replays }] = await Promise.all([
      destinationOverviews(control, now()),
      control.store.replays({ state: "running", limit: 100 }),
    ]);
    return renderPage(c, 200, <DestinationsPage destinations={destinations} replays={replays} now={now()} />);
  });
  app.get("/destinations", ...page, list);

  for (const operation of ["pause", "resume"] as const) {
    const change = withDelivery(delivery, async (c, control) => {
      const name = c.req.param("name") ?? "";
      if (!(await control[operation](name))) return noDestination(c);
      control.wake();
      return c.redirect(outside(c, destinationPath(name)), 303);
    });
    app.post(`/destinations/:name/${operation}`, ...form, change);
  }

  const test = withDelivery(delivery, async (c, control) => {
    const name = c.req.param("name") ?? "";
    if (!control.destinations().some((one) => one.name === name)) return noDestination(c);
    return renderPage(c, 200, <TestResultPage name={name} outcome={await control.test(name)} />);
  });
  app.post("/destinations/:name/test", ...form, test);

  const specOf = (name: string, kind: "failed" | "missing"): ReplaySpec => ({
    destinations: [name],
    kind,
    rate: defaultReplayRate,
  });

  const preview = withDelivery(delivery, async (c, control) => {
    const name = c.req.param("name") ?? "";
    const kind = c.req.query("kind") === "missing" ? "missing" : "failed";
    const found = (await destinationOverviews(control, now())).find((one) => one.name === name);
    if (found === undefined || found.state === "orphaned") return noDestination(c);
    const spec = specOf(name, kind);
    const counted = await control.dryRun(spec);
    return renderPage(
      c,
      200,
      <ReplayPreviewPage destination={found} kind={kind} preview={counted} rate={spec.rate} />,
    );
  });
  app.get("/destinations/:name/replay", ...page, preview);

  const replay = withDelivery(delivery, async (c, control) => {
    const name = c.req.param("name") ?? "";
    const kind = (await readForm(c.req.raw))?.get("kind");
    if (!control.destinations().some((one) => one.name === name) || (kind !== "failed" && kind !== "missing"))
      return noDestination(c);
    const { id } = await control.store.createReplay(specOf(name, kind), now());
    control.wake();
    return c.redirect(outside(c, replayPath(id)), 303);
  });
  app.post("/destinations/:name/replay", ...form, replay);

  const orphaned = async (control: DeliveryControl, name: string) => {
    const found = (await destinationOverviews(control, now())).find((one) => one.name === name);
    return found?.state === "orphaned" ? found : undefined;
  };

  const confirm = withDelivery(delivery, async (c, control) => {
    const found = await orphaned(control, c.req.param("name") ?? "");
    if (found === undefined) return nothingToDiscard(c);
    return renderPage(c, 200, <DiscardPage destination={found} />);
  });
  app.get("/destinations/:name/discard", ...page, confirm);

  const discard = withDelivery(delivery, async (c, control) => {
    const name = c.req.param("name") ?? "";
    if (!(await control.discard(name))) return nothingToDiscard(c);
    // It stops after some seconds: the page then shows how many are left, and the form again.
    const left = (await orphaned(control, name))?.open ?? 0;
    const next = left > 0 ? destinationForm(name, "discard") : destinationPath(name);
    return c.redirect(outside(c, next), 303);
  });
  app.post("/destinations/:name/discard", ...form, discard);
}

function noDestination(c: Context): Promise<Response> {
  return noSuch(c, "destination", "/destinations", "It is not in the configuration.");
}

function nothingToDiscard(c: Context): Promise<Response> {
  const reason = "Only deliveries to a destination that was removed from the configuration can be discarded.";
  return noSuch(c, "removed destination", "/destinations", reason);
}
