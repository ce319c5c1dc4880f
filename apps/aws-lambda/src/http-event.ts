import { belowBasePath } from "@sessionhook/ingest";
import type { LambdaEvent } from "hono/aws-lambda";

/** The fields of all HTTP event formats that name a method and a path; each format has some of them. */
interface HttpParts {
  readonly rawPath?: unknown;
  readonly path?: unknown;
  readonly httpMethod?: unknown;
  readonly requestContext?: {
    readonly http?: { readonly method?: unknown };
    readonly path?: string;
    readonly stage?: string;
    readonly domainName?: string;
  };
}

/** First segments of our own routes. A stage on a domain of one's own that has such a name is not in the path. */
const routes = new Set([
  "api",
  "events",
  "assets",
  "login",
  "logout",
  "webhooks",
  "healthz",
  "readyz",
  "metrics",
]);

/**
 * Lets HTTP events through. What another trigger (SQS, a schedule) hands over must fail: it takes any answer for success.
 * @throws Error
 */
export function checkHttpEvent(event: unknown): void {
  const { rawPath, path, httpMethod, requestContext } = (event ?? {}) as HttpParts;
  const method = httpMethod ?? requestContext?.http?.method;
  if (typeof method === "string" && typeof (rawPath ?? path) === "string") return;
  throw new Error(
    "This function answers HTTP requests of function URLs, API Gateway and load balancers; it was invoked with something else",
  );
}

/** An event with its path as the app knows it. */
export type LocatedEvent = LambdaEvent & {
  /** What browsers have before the path: `/live`, or nothing. */
  readonly prefix: string;
};

/**
 * Takes from the path of an event what API Gateway puts before it: the base path of a mapping and the stage.
 * @param basePath without a slash at its end; empty for the root
 */
export function locate(event: LambdaEvent, basePath: string): LocatedEvent {
  const { rawPath, path, requestContext = {} } = event as HttpParts;
  const given = (rawPath ?? path) as string;
  // REST APIs remove the stage from the path, and leave it in that of the context.
  const before =
    requestContext.path?.endsWith(given) === true ? requestContext.path.slice(0, -given.length) : "";
  const mapped = belowBasePath(given, basePath);
  const inner = before === "" ? belowBasePath(mapped, stageOf(requestContext)) : mapped;
  const removed = inner === "/" ? given.replace(/\/$/, "") : given.slice(0, given.length - inner.length);
  const prefix = before + removed;
  const field = rawPath === undefined ? "path" : "rawPath";
  return { ...event, [field]: inner, prefix: prefix === "" ? basePath : prefix } as LocatedEvent;
}

/** Returns the path of the stage where it may be in the path of the event: `/live`, or nothing. */
function stageOf({ stage = "$default", domainName = "" }: NonNullable<HttpParts["requestContext"]>): string {
  if (stage === "$default") return "";
  const own = !domainName.includes(".execute-api.");
  return own && routes.has(stage) ? "" : `/${stage}`;
}
