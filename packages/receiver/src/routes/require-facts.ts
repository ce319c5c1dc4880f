import type { FactStore } from "@sessionhook/core";
import { ReceiveError } from "@sessionhook/ingest";

/**
 * Returns the derived tables.
 * @throws ReceiveError `not_found` for a store without them
 */
export function requireFacts(facts: FactStore | undefined): FactStore {
  if (facts !== undefined) return facts;
  throw new ReceiveError("not_found", "This server does not derive sessions: its store cannot");
}
