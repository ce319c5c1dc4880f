export {
  createWebhookHandler,
  type ErrorContext,
  type EventContext,
  type EventHandler,
  type EventOf,
  type InvalidEvent,
  type Secrets,
  type Seen,
  type WebhookHandler,
  type WebhookHandlerOptions,
} from "./create-webhook-handler.js";
