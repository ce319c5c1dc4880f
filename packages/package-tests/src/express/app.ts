import { createWebhookHandler } from "@sessionhook/handler";
import { nodeHandler } from "@sessionhook/handler/node";
import express from "express";
import { saveSession } from "./sessions.js";

const webhook = createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET }).on(
  "identity.session.finalized",
  async (event, { id }) => {
    await saveSession(id, event.data);
  },
);

export const app = express();
app.all("/webhooks", nodeHandler(webhook)); // before any body parser
app.use(express.json());
