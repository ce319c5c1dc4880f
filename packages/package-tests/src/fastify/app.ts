import { fastifyWebhook } from "@sessionhook/handler/fastify";
import { createWebhookHandler } from "@sessionhook/handler";
import Fastify from "fastify";
import { saveSession } from "./sessions.js";

const handler = createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET }).on(
  "identity.session.finalized",
  async (event, { id }) => {
    await saveSession(id, event.data);
  },
);

export const app = Fastify();
app.register(fastifyWebhook, { path: "/webhooks", handler });
