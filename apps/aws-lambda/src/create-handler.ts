import { getLogger } from "@logtape/logtape";
import { createInbox } from "@sessionhook/inbox";
import { createReceiver, describeError } from "@sessionhook/receiver";
import { openDynamoDbStore } from "@sessionhook/stores/dynamodb";
import type { Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { restoreHeaders } from "./as-sent.js";
import { checkHttpEvent, locate, type LocatedEvent } from "./http-event.js";
import { startLogging } from "./logging.js";
import { readLambdaSettings } from "./settings.js";

const log = getLogger(["sessionhook", "app"]);

/** Handles events of function URLs, API Gateway (REST and HTTP APIs) and load balancers. */
export type Handler = (event: LambdaEvent, context?: LambdaContext) => Promise<unknown>;

/**
 * Creates the Lambda handler with receiver and inbox from the environment.
 * @throws SettingsError for an invalid or missing setting; ConfigurationError for an invalid store address
 */
export async function createHandler(env: Readonly<Record<string, string | undefined>>): Promise<Handler> {
  const settings = readLambdaSettings(env);
  await startLogging(settings.logLevel);
  const store = await openDynamoDbStore(settings.table);
  const receiver = createReceiver({ ...settings, store });
  const onError = (error: unknown) => log.error("cannot render a page", describeError(error));
  const { adminToken, basePath } = settings;
  receiver.app.route("/", createInbox({ store, adminToken, onError }).app);

  const fetch = (request: Request, { event }: { event: LocatedEvent }) => {
    restoreHeaders(request.headers, event);
    // Each event has its own: one function may be behind several gateways.
    if (event.prefix !== "") request.headers.set("x-forwarded-prefix", event.prefix);
    return receiver.fetch(request);
  };
  const handler = handle({ fetch } as unknown as Hono);
  return async (event, context) => {
    checkHttpEvent(event);
    return handler(locate(event, basePath), context);
  };
}
