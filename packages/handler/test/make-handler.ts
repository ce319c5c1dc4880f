import { now, secret } from "@sessionhook/conformance/signed-message";
import {
  createWebhookHandler,
  type ErrorContext,
  type WebhookHandlerOptions,
} from "../src/create-webhook-handler.js";

/** Creates a handler, with a list of the errors that `onError` received. */
export function makeHandler(options: Partial<WebhookHandlerOptions> = {}) {
  const errors: [unknown, ErrorContext][] = [];
  const webhook = createWebhookHandler({
    secrets: secret,
    now: () => now,
    onError: (error, context) => errors.push([error, context]),
    ...options,
  });
  return { webhook, errors };
}
