import type { MiddlewareHandler } from "hono";
import { noStore } from "../security-headers.js";
import { requireSession } from "../session/require-session.js";
import { sameOriginOnly } from "../session/same-origin.js";
import type { Sessions } from "../session/sessions.js";

interface GuardParts {
  readonly sessions: Sessions;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
}

/** Returns the middleware of pages, which requires a session, and that of forms, which also requires the same origin. */
export function guards({ sessions, headers }: GuardParts) {
  const signedIn = requireSession(sessions);
  return {
    page: [headers, noStore, signedIn] as const,
    form: [headers, noStore, sameOriginOnly(), signedIn] as const,
  };
}
