import { createServer } from "node:http";
import { createWebhookHandler } from "@sessionhook/handler";
import { nodeHandler } from "@sessionhook/handler/node";
import { saveSession } from "./sessions.js";

const webhook = createWebhookHandler({ secrets: process.env.WEBHOOK_SECRET }).on(
  "identity.session.finalized",
  async (event, { id }) => {
    await saveSession(id, event.data);
  },
);
const handle = nodeHandler(webhook);

export const server = createServer((request, response) => {
  if (/^\/webhooks\/?(\?|$)/.test(request.url ?? "")) void handle(request, response);
  else response.writeHead(404).end();
});
