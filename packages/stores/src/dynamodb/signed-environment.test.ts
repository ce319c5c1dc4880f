import { expect, it } from "vitest";
import { ScriptedServer } from "../../test/scripted-server.js";
import { openDynamoDbStore } from "../dynamodb.js";
import { signedDynamoDbClient } from "./signed-environment.js";

const lambda = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };

it.each<Record<string, string>>([
  {},
  { AWS_SESSION_TOKEN: "token" },
  { AWS_REGION: "us-gov-west-1" },
  { AWS_PROFILE: "", AWS_USE_FIPS_ENDPOINT: "false", AWS_RETRY_MODE: "standard" },
  { AWS_REGION: "cn-north-1", AWS_ENDPOINT_URL: "https://dynamodb.cn-north-1.amazonaws.com.cn" },
  { AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:8000" },
])("the environment of a function with %j has a small client", (env) => {
  expect(signedDynamoDbClient({ ...lambda, ...env })).toBeDefined();
});

it.each<Record<string, string>>([
  { AWS_REGION: "" },
  { AWS_ACCESS_KEY_ID: "" },
  { AWS_SECRET_ACCESS_KEY: "" },
  { AWS_PROFILE: "work" },
  { AWS_CONFIG_FILE: "/var/task/config" },
  { AWS_RETRY_MODE: "adaptive" },
  { AWS_USE_FIPS_ENDPOINT: "true" },
  { AWS_USE_DUALSTACK_ENDPOINT: "true" },
  { AWS_ACCOUNT_ID_ENDPOINT_MODE: "required" },
  { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
  { AWS_REGION: "cn-north-1" },
  { AWS_ENDPOINT_URL: "not a URL" },
])("the AWS SDK has to understand an environment with %j", (env) => {
  expect(signedDynamoDbClient({ ...lambda, ...env })).toBeUndefined();
});

it("container credentials without keys are left to the AWS SDK", () => {
  const { AWS_REGION } = lambda;
  for (const name of ["AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_WEB_IDENTITY_TOKEN_FILE"])
    expect(signedDynamoDbClient({ AWS_REGION, [name]: "anything" })).toBeUndefined();
});

it("prefers the endpoint of DynamoDB and signs with the keys of the moment", async () => {
  const server = new ScriptedServer();
  const AWS_ENDPOINT_URL_DYNAMODB = await server.listen();
  const env: Record<string, string> = {
    ...lambda,
    AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    AWS_ENDPOINT_URL_DYNAMODB,
  };
  const store = await openDynamoDbStore({ table: "events", client: signedDynamoDbClient(env) });
  await store.get("a");
  Object.assign(env, { AWS_ACCESS_KEY_ID: "next", AWS_SESSION_TOKEN: "token" });
  await store.get("a");
  await store.close();
  await server.close();
  const [first, second] = server.seen.map(({ headers }) => headers);
  expect(first?.["authorization"]).toMatch(/Credential=key\/\d{8}\/eu-central-1\/dynamodb\/aws4_request/);
  expect(second?.["authorization"]).toContain("Credential=next/");
  expect(second?.["x-amz-security-token"]).toBe("token");
});
