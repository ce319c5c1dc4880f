interface HttpParts {
  readonly rawPath?: unknown;
  readonly path?: unknown;
  readonly httpMethod?: unknown;
  readonly requestContext?: { readonly http?: { readonly method?: unknown } };
}

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
