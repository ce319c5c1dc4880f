import { createWebhookHandler } from "@sessionhook/handler";
import type { ActionFunctionArgs } from "react-router";
import { saveSession } from "#lib/sessions";

const webhook = createWebhookHandler({ secrets: () => process.env.WEBHOOK_SECRET }).on(
  "identity.session.finalized",
  async (event, { id }) => {
    await saveSession(id, event.data);
  },
);

export const action = ({ request }: ActionFunctionArgs) => webhook(request);
