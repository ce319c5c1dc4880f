import { createApp } from "@sessionhook/app";
import { openDynamoDbStore } from "@sessionhook/stores/dynamodb";
import type { Hono } from "hono";
import { handle, type LambdaContext, type LambdaEvent } from "hono/aws-lambda";
import { restoreHeaders, withoutStage } from "./original-headers.js";
import { startLogging } from "./logging.js";
import { readLambdaSettings } from "./settings.js";

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
  const app = createApp({ ...settings, store });

  const fetch = (request: Request, env: { event: LambdaEvent }) => {
    restoreHeaders(request.headers, env.event);
    return app.fetch(request);
  };
  const handler = handle({ fetch } as unknown as Hono);
  return (event, context) => handler(withoutStage(event), context);
}
