import type { DeliveryControl } from "@sessionhook/core";
import type { MiddlewareHandler } from "hono";
import type { Clock } from "../clock.js";
import { noStore } from "../security-headers.js";
import { requireSession } from "../session/require-session.js";
import { sameOriginOnly } from "../session/same-origin.js";
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

/** Returns the middleware of pages, which requires a session, and that of forms, which also requires the same origin. */
export function guards({ sessions, headers }: DeliveryParts) {
  const signedIn = requireSession(sessions);
  return {
    page: [headers, noStore, signedIn] as const,
    form: [headers, noStore, sameOriginOnly(), signedIn] as const,
  };
}
