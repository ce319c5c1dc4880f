import type { DeliveryControl } from "@sessionhook/core";
import type { MiddlewareHandler } from "hono";
import type { Clock } from "../clock.js";
import type { Sessions } from "../session/sessions.js";

/** Objects that the routes of deliveries, destinations and replays share. */
export interface DeliveryParts {
  /** Undefined where nothing is delivered. */
  readonly delivery: DeliveryControl | undefined;
  readonly sessions: Sessions;
  readonly now: Clock;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
}
