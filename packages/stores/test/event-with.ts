import { type NewEvent, noIssues } from "@sessionhook/core";

export function eventWith(id: string, fields: Partial<NewEvent> = {}): NewEvent {
  return {
    id,
    type: "identity.session.finalized",
    status: "accepted",
    ...noIssues,
    raw: new TextEncoder().encode(`{"id":"${id}"}`),
    receivedAt: 1_771_000_000_000,
    attemptTimestamp: 1_771_000_000,
    signature: "v1,",
    ...fields,
  };
}
