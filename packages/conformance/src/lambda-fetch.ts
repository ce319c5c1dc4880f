import type { EdgeRequest, EventShape } from "./lambda/events.js";
import type { RuntimeApi } from "./lambda/runtime-api.js";

export * from "./lambda/events.js";
export { type LambdaClient, LambdaFunction, ricMissing } from "./lambda/lambda-function.js";
export { RuntimeApi } from "./lambda/runtime-api.js";

/** The answer of a function to any kind of event. */
interface FunctionResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/**
 * A fetch that reaches a Lambda function as AWS would: the request becomes an event of the given shape,
 * goes through the Runtime API, and the result becomes a response.
 */
export function lambdaFetch(
  api: RuntimeApi,
  shape: EventShape,
): (path: string, init?: RequestInit) => Promise<Response> {
  return async (path, init = {}) => {
    const request = await edgeRequest(path, init);
    return responseOf((await api.invoke(shape(request))) as FunctionResult, request.method);
  };
}

async function edgeRequest(target: string, init: RequestInit): Promise<EdgeRequest> {
  const request = new Request("https://lambda.test/", init);
  const [path = "/", ...query] = target.split("?");
  const given: readonly (readonly string[])[] = Array.isArray(init.headers)
    ? init.headers
    : [...request.headers];
  const headers = given.map(([name = "", value = ""]) => [name.toLowerCase(), value] as const);
  const body = new Uint8Array(await request.arrayBuffer());
  return { method: request.method, path, query: query.join("?"), headers, body };
}

function responseOf(result: FunctionResult, method: string): Response {
  const headers = new Headers(result.headers);
  for (const [name, values] of Object.entries(result.multiValueHeaders ?? {}))
    for (const value of values) headers.append(name, value);
  for (const cookie of result.cookies ?? []) headers.append("set-cookie", cookie);
  const body = Buffer.from(result.body ?? "", result.isBase64Encoded === true ? "base64" : "utf8");
  const bare = method === "HEAD" || result.statusCode === 204 || result.statusCode === 304;
  return new Response(bare ? null : body, { status: result.statusCode, headers });
}
