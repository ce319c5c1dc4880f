import { type EventLog, type NewEvent, noIssues } from "@sessionhook/core";
import { factsOf } from "@sessionhook/core/facts";
import { createMemoryStore } from "@sessionhook/stores/memory";
import { createInbox, type InboxOptions } from "../src/index.js";

export const adminToken = "inbox-test-token-0123456789abcdef";
/** The moment all tests start at: 2026-03-01 12:00:00 UTC. */
export const start = Date.UTC(2026, 2, 1, 12);

/** Returns an event to append; a body that is not a string or bytes is serialized as JSON. */
export function makeEvent(event: Omit<Partial<NewEvent>, "raw"> & { id: string; body?: unknown }): NewEvent {
  const { body = { id: event.id, type: "identity.session.finalized" }, ...rest } = event;
  const raw =
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body));
  return {
    type: "identity.session.finalized",
    status: "accepted",
    ...noIssues,
    receivedAt: start - 90_000,
    attemptTimestamp: start / 1000 - 92,
    signature: "v1,c2lnbmF0dXJl",
    ...rest,
    raw,
  };
}

/** An inbox over a memory store with these events, a clock that can be moved, and a signed-in cookie. */
export async function makeInbox(events: readonly NewEvent[] = [], options: Partial<InboxOptions> = {}) {
  const clock = { now: start };
  const store: EventLog = options.store ?? createMemoryStore();
  for (const event of events) await store.append([event]);
  const inbox = createInbox({ adminToken, factsOf, now: () => clock.now, ...options, store });
  const signIn = await inbox.app.request(inbox.createSignInLink().path);
  const cookie = (signIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const get = (path: string, headers: Record<string, string> = {}) =>
    inbox.app.request(path, { headers: { cookie, ...headers } });
  return { ...inbox, store, clock, cookie, get };
}
