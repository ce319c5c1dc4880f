import { WEBHOOK_SECRET } from "$app/env/private";
import { createWebhookHandler } from "@sessionhook/handler";
import { saveSession } from "#lib/sessions";
import type { RequestHandler } from "./$types";

const webhook = createWebhookHandler({ secrets: () => WEBHOOK_SECRET }).on(
  "identity.session.finalized",
  async (event, { id }) => {
    await saveSession(id, event.data);
  },
);

export const POST: RequestHandler = ({ request }) => webhook(request);
