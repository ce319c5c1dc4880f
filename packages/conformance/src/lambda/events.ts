/** A request as it reaches the edge of AWS. */
export interface EdgeRequest {
  readonly method: string;
  /** The raw path and query: not decoded, not normalized. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case; a name may occur several times. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}

/** The form in which a function receives a request. */
export type EventShape = (request: EdgeRequest) => Record<string, unknown>;

const domainName = "abcdef.lambda-url.eu-central-1.on.aws";

/** A function URL: payload format 2.0, text only for textual content types. */
export const functionUrlEvent: EventShape = (request) => version2(request, domainName, "$default", "");

/** An HTTP API of API Gateway, payload format 2.0, default stage. */
export const httpApiEvent: EventShape = (request) =>
  version2(request, "abcdef.execute-api.eu-central-1.amazonaws.com", "$default", "");

/** The same with a named stage, which is part of the path. */
export const httpApiStageEvent: EventShape = (request) =>
  version2(request, "abcdef.execute-api.eu-central-1.amazonaws.com", "live", "/live");

/** An HTTP API behind a custom domain: the path of the request is unchanged and does not contain the stage. */
export const httpApiDomainEvent =
  (stage: string): EventShape =>
  (request) =>
    version2(request, "api.example.com", stage, "");

function version2(
  request: EdgeRequest,
  domain: string,
  stage: string,
  prefix: string,
): Record<string, unknown> {
  const headers: Record<string, string> = { host: domain };
  const cookies: string[] = [];
  for (const [name, value] of request.headers) {
    if (name === "cookie") cookies.push(...value.split("; "));
    else headers[name] = headers[name] === undefined || name === "host" ? value : `${headers[name]},${value}`;
  }
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: `${prefix}${request.path}`,
    rawQueryString: request.query,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    requestContext: {
      accountId: "anonymous",
      apiId: "abcdef",
      domainName: domain,
      domainPrefix: "abcdef",
      http: {
        method: request.method,
        path: request.path,
        protocol: "HTTP/1.1",
        sourceIp: "203.0.113.7",
        userAgent: "test",
      },
      requestId: "id",
      routeKey: "$default",
      stage,
      time: "14/Feb/2026:12:00:00 +0000",
      timeEpoch: 1_771_070_400_000,
    },
    ...bodyOf(request, isTextual(request)),
  };
}

/** A REST API of API Gateway with all types as binary media types: every body comes in base64. Names keep their case. */
export const restApiEvent: EventShape = (request) => ({ ...version1(request), ...bodyOf(request, false) });

/** A REST API without binary media types: every body comes as text, and bytes that are not UTF-8 are lost at the edge. */
export const restApiTextEvent: EventShape = (request) => ({ ...version1(request), ...bodyOf(request, true) });

/** A REST API behind a custom domain, where API Gateway leaves the base path of the mapping in both paths. */
export const restApiDomainEvent =
  (stage: string): EventShape =>
  (request) => {
    const event = version1(request) as { requestContext: object };
    const requestContext = {
      ...event.requestContext,
      path: request.path,
      stage,
      domainName: "api.example.com",
    };
    return { ...event, requestContext, ...bodyOf(request, false) };
  };

function version1(request: EdgeRequest): Record<string, unknown> {
  const headers = multi(request.headers.map(([name, value]) => [titleCase(name), value]));
  const query = multi([...new URLSearchParams(request.query)]);
  return {
    resource: "/{proxy+}",
    path: request.path,
    httpMethod: request.method,
    headers: lasts({ ...headers, Host: ["abcdef.execute-api.eu-central-1.amazonaws.com"] }),
    multiValueHeaders: { ...headers, Host: ["abcdef.execute-api.eu-central-1.amazonaws.com"] },
    queryStringParameters: request.query === "" ? null : lasts(query),
    multiValueQueryStringParameters: request.query === "" ? null : query,
    pathParameters: { proxy: request.path.slice(1) },
    stageVariables: null,
    requestContext: {
      accountId: "000000000000",
      apiId: "abcdef",
      domainName: "abcdef.execute-api.eu-central-1.amazonaws.com",
      httpMethod: request.method,
      identity: { sourceIp: "203.0.113.7", userAgent: "test" },
      path: `/live${request.path}`,
      protocol: "HTTP/1.1",
      requestId: "id",
      resourcePath: "/{proxy+}",
      stage: "live",
    },
  };
}

/** A target group of an Application Load Balancer; queries are not decoded. */
export const albEvent: EventShape = (request) => ({
  ...albBase(request),
  headers: lasts(multi(request.headers)),
  queryStringParameters: lasts(multi(rawPairs(request.query))),
});

/** The same with `lambda.multi_value_headers.enabled`. */
export const albMultiValueEvent: EventShape = (request) => ({
  ...albBase(request),
  multiValueHeaders: multi(request.headers),
  multiValueQueryStringParameters: multi(rawPairs(request.query)),
});

function albBase(request: EdgeRequest): Record<string, unknown> {
  const arn = "arn:aws:elasticloadbalancing:eu-central-1:000000000000:targetgroup/test/6d0ecf831eec9f09";
  const { body = "", isBase64Encoded } = bodyOf(request, isTextual(request));
  return {
    requestContext: { elb: { targetGroupArn: arn } },
    httpMethod: request.method,
    path: request.path,
    body,
    isBase64Encoded,
  };
}

/** Returns whether an edge treats a body as text: by its content type, never by its bytes. */
function isTextual({ headers }: EdgeRequest): boolean {
  const value = (name: string) => headers.find(([given]) => given === name)?.[1] ?? "";
  if (value("content-encoding") !== "") return false;
  return /^(?:text\/|application\/(?:json|javascript|xml|.*\+json))/.test(value("content-type"));
}

function bodyOf({ body }: EdgeRequest, text: boolean): { body?: string | null; isBase64Encoded: boolean } {
  if (body.length === 0) return { isBase64Encoded: false };
  if (text)
    return { body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(body), isBase64Encoded: false };
  return { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
}

function multi(pairs: readonly (readonly [string, string])[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const [name, value] of pairs) all[name] = [...(all[name] ?? []), value];
  return all;
}

function lasts(all: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(all).map(([name, values]) => [name, values.at(-1) ?? ""]));
}

function rawPairs(query: string): [string, string][] {
  return query.split("&").flatMap((pair): [string, string][] => {
    if (pair === "") return [];
    const [name = "", ...rest] = pair.split("=");
    return [[name, rest.join("=")]];
  });
}

function titleCase(name: string): string {
  return name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());
}
