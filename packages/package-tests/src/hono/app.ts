import { createWebhookHandler } from "@sessionhook/handler";
import { Hono } from "hono";
import { saveSession } from "./sessions.js";

const webhook = createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET }).on(
  "identity.session.finalized",
  async (event, { id }) => {
    await saveSession(id, event.data);
  },
);

export const app = new Hono();
app.all("/webhooks", (c) => webhook(c.req.raw));
