import type { EventLog } from "@sessionhook/core";
import { createWebhookHandler, type Seen, type WebhookHandler } from "@sessionhook/handler";
import { saveSession } from "./sessions.js";

export function durableWebhook(store: EventLog, handled: Seen): WebhookHandler {
  return createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET, store, seen: handled }).on(
    "identity.session.finalized",
    async (event, { id }) => {
      await saveSession(id, event.data);
    },
  );
}
