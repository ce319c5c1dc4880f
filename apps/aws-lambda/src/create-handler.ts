import { createApp } from "@sessionhook/app";
import { openDynamoDbStore, signedDynamoDbClient } from "@sessionhook/stores/dynamodb";
import type { Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { addressOf } from "./address-of.js";
import { checkHttpEvent } from "./check-http-event.js";
import { locate, type LocatedEvent } from "./locate.js";
import { startLogging } from "./logging.js";
import { restoreHeaders } from "./original-headers.js";
import { readLambdaSettings } from "./settings.js";

/** Handles events of function URLs, API Gateway (REST and HTTP APIs) and load balancers. */
export type Handler = (event: LambdaEvent, context?: LambdaContext) => Promise<unknown>;

/**
 * Creates the Lambda handler with receiver and inbox from the environment.
 * @throws SettingsError for an invalid or missing setting; ConfigurationError for an invalid store address
 */
export async function createHandler(env: Readonly<Record<string, string | undefined>>): Promise<Handler> {
  const settings = await readLambdaSettings(env);
  await startLogging(settings.logLevel);
  const store = await openDynamoDbStore({ ...settings.table, client: signedDynamoDbClient(env) });
  // Each event has its own base path: one function may be behind several gateways.
  const app = createApp({
    ...settings,
    basePath: "",
    store,
    system: { runtime: "AWS Lambda", storeKind: "DynamoDB" },
  });

  const fetch = (request: Request, { event }: { event: LocatedEvent }) => {
    restoreHeaders(request.headers, event);
    if (event.prefix !== "") request.headers.set("x-forwarded-prefix", event.prefix);
    return app.fetch(request, { address: addressOf(event) });
  };
  const handler = handle({ fetch } as unknown as Hono);
  return async (event, context) => {
    checkHttpEvent(event);
    return handler(locate(event, settings.basePath), context);
  };
}
