import type { DeliveryControl, EventLog, FactStore } from "@sessionhook/core";
import type { Context, MiddlewareHandler } from "hono";
import type { Clock } from "../clock.js";
import type { Sessions } from "../session/sessions.js";
import type { FactsOf } from "../visits/event-details.js";
import { noFacts } from "./no-facts.js";

/** Objects that the routes of sessions, people and companies share. */
export interface FactParts {
  /** Undefined where the store has no derived tables. */
  readonly facts: FactStore | undefined;
  /** Reads details that only events have; undefined where the pages show the derived tables alone. */
  readonly factsOf: FactsOf | undefined;
  readonly store: EventLog;
  /** Undefined where nothing is delivered. */
  readonly delivery: DeliveryControl | undefined;
  readonly sessions: Sessions;
  readonly now: Clock;
  /** Sets the security headers of pages. */
  readonly headers: MiddlewareHandler;
}

/** Makes a handler that needs the derived tables. */
export function withFacts(
  facts: FactStore | undefined,
  handler: (c: Context, facts: FactStore) => Promise<Response>,
): (c: Context) => Promise<Response> {
  return (c) => (facts === undefined ? noFacts(c) : handler(c, facts));
}
