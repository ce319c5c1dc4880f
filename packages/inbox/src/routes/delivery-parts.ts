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
  /** Of pages. */
  readonly headers: MiddlewareHandler;
}

/** Returns what stands before the handler of a page, and before that of a form: of ours, and of somebody signed in. */
export function guards({ sessions, headers }: DeliveryParts) {
  const signedIn = requireSession(sessions);
  return {
    page: [headers, noStore, signedIn] as const,
    form: [headers, noStore, sameOriginOnly(), signedIn] as const,
  };
}
