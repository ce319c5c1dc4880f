import process from "node:process";

/**
 * A minimal Node runtime of Lambda, run as a program: imports the given handler file, then requests one
 * invocation after the other from the Runtime API, like aws-lambda-ric.
 */
const api = `http://${process.env["AWS_LAMBDA_RUNTIME_API"]}/2018-06-01/runtime`;
const describe = (error: unknown) =>
  JSON.stringify({
    errorType: "Error",
    errorMessage: error instanceof Error ? error.message : String(error),
  });

type Handler = (event: unknown, context: object) => Promise<unknown>;
let handler: Handler;
try {
  ({ handler } = (await import(process.argv[2] ?? "")) as { handler: Handler });
} catch (error) {
  await fetch(`${api}/init/error`, { method: "POST", body: describe(error) });
  process.exit(1);
}

while (true) {
  const next = await fetch(`${api}/invocation/next`).catch(() => process.exit(0));
  const awsRequestId = next.headers.get("lambda-runtime-aws-request-id") ?? "";
  const told = async (kind: string, body: string) =>
    fetch(`${api}/invocation/${awsRequestId}/${kind}`, { method: "POST", body });
  try {
    await told("response", JSON.stringify(await handler(await next.json(), { awsRequestId })));
  } catch (error) {
    await told("error", describe(error));
  }
}
