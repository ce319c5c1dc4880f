import { Hono } from "hono";
import { requireAdmin } from "../admin-auth.js";
import type { Services } from "../services.js";
import { deliveryRoutes } from "./deliveries.js";
import { destinationRoutes } from "./destinations.js";
import { eventRoutes } from "./events.js";
import { only } from "./only.js";
import { replayRoutes } from "./replays.js";
import { visitRoutes } from "./visits.js";

/** `/api/*`, for scripts. Every route requires the admin token. */
export function apiRoutes(app: Hono, services: Services): void {
  const { store, adminToken, signInFailed, createSignInLink } = services;
  const api = new Hono();
  api.use("*", requireAdmin(adminToken, signInFailed), async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
  });
  eventRoutes(api, services);
  destinationRoutes(api, services);
  deliveryRoutes(api, services);
  replayRoutes(api, services);
  visitRoutes(api, services);
  if (createSignInLink !== undefined)
    only(api, "POST", "/sign-in-links", async (c) => c.json(await createSignInLink()));
  only(api, "GET", "/stats", async (c) => c.json(await store.stats()));
  app.route("/api", api);
}
