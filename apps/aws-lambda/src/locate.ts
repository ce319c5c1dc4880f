import { ownSegments } from "@sessionhook/app/settings";
import { belowBasePath } from "@sessionhook/ingest";
import type { LambdaEvent } from "hono/aws-lambda";

/** The fields of all HTTP event formats that concern the path; each format has some of them. */
interface PathParts {
  readonly rawPath?: string;
  readonly path?: string;
  readonly requestContext?: {
    readonly path?: string;
    readonly stage?: string;
    readonly domainName?: string;
  };
}

/** An event with its path as the app knows it. */
export type LocatedEvent = LambdaEvent & {
  /** The part of the URL before the path, as browsers see it: `/live`, or nothing. */
  readonly prefix: string;
};

/**
 * Removes from the path of an event the prefix that API Gateway adds: the base path of a mapping and the stage.
 * @param basePath without a slash at its end; empty for the root
 */
export function locate(event: LambdaEvent, basePath: string): LocatedEvent {
  const { rawPath, path, requestContext = {} } = event as PathParts;
  const given = rawPath ?? path ?? "";
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

/**
 * Returns the path of the stage if it may be in the path of the event: `/live`, or nothing. A stage named like an own route is
 * not in the path of a custom domain. Only `live` may be: that route needs derived tables, which DynamoDB does not have, and
 * the name is common for stages.
 */
function stageOf({ stage = "$default", domainName = "" }: NonNullable<PathParts["requestContext"]>): string {
  if (stage === "$default") return "";
  const custom = !domainName.includes(".execute-api.");
  return custom && stage !== "live" && ownSegments.has(stage) ? "" : `/${stage}`;
}
