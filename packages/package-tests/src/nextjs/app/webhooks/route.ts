import { createWebhookHandler } from "@sessionhook/handler";
import { saveSession } from "#lib/sessions";

export const POST = createWebhookHandler({ secrets: () => process.env.WEBHOOK_SECRET }).on(
  "identity.session.finalized",
  async (event, { id }) => {
    await saveSession(id, event.data);
  },
);
