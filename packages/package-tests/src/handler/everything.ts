import { createWebhookHandler } from "@sessionhook/handler";
import { saveSession } from "./sessions.js";

export const seenTypes: string[] = [];
export const issues: string[] = [];

export const webhook = createWebhookHandler({
  secrets: [process.env.WEBHOOK_SECRET ?? "", process.env.WEBHOOK_SECRET_NEXT ?? ""].filter(Boolean),
  toleranceSeconds: 300,
  maxBodyBytes: 1024 * 1024,
  onInvalid: (invalid) => issues.push(...invalid.issues.map(({ path }) => path)),
})
  .on("identity.session.finalized", async (event, { id }) => {
    await saveSession(id, event.data);
  })
  .on("identity.enriched", (event) => {
    seenTypes.push(event.type);
  })
  .onUnrecognized((event) => {
    seenTypes.push(`new: ${event.type}`);
  });
