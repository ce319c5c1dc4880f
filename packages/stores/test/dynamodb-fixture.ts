import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
} from "@aws-sdk/client-dynamodb";
import { type NewEvent, noIssues, StoreError } from "@sessionhook/core";
import { expect } from "vitest";
import type { TableClient } from "../src/dynamodb/client.js";
import { adaptSdkClient, makeSdkClient } from "../src/dynamodb/sdk-client.js";
import { SignedClient } from "../src/dynamodb/signed-client.js";
import { tableDefinition } from "../src/dynamodb/schema.js";

const region = "eu-central-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
let tables = 0;

/** Creates a client of the AWS SDK with which tests prepare and inspect tables. */
export function testClient(endpoint: string, config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({ endpoint, region, credentials, ...config });
}

export async function sdkClient(endpoint: string, attemptMs = 3000): Promise<TableClient> {
  const requestHandler = { connectionTimeout: 1000, requestTimeout: attemptMs, throwOnRequestTimeout: true };
  const client = await makeSdkClient({ endpoint, region, credentials, requestHandler });
  return { ...(await adaptSdkClient(client)), close: () => client.destroy() };
}

/** The clients that a store can have; `attemptMs` is the time limit of an attempt. */
export const tableClients: readonly (readonly [
  name: string,
  make: (endpoint: string, attemptMs?: number) => Promise<TableClient>,
])[] = [
  ["AWS SDK", sdkClient],
  [
    "signed requests",
    async (endpoint, attemptMs) =>
      new SignedClient({
        endpoint: new URL(endpoint),
        region,
        credentials: () => credentials,
        attemptMs,
        // The suites append thousands of events in one operation.
        operationMs: 120_000,
      }),
  ],
];

export function message(id: string, raw: Uint8Array | string = id, fields: Partial<NewEvent> = {}): NewEvent {
  return {
    id,
    type: "t",
    status: "accepted",
    ...noIssues,
    raw: typeof raw === "string" ? new TextEncoder().encode(raw) : raw,
    receivedAt: 1,
    attemptTimestamp: 1,
    signature: "v1,AA==",
    ...fields,
  };
}

/** Expects the work to reject with `store_unavailable`, and returns the error. */
export async function unavailable(work: Promise<unknown>): Promise<StoreError> {
  const error: unknown = await work.catch((error: unknown) => error);
  expect(StoreError.isInstance(error)).toBe(true);
  expect(error).toMatchObject({ code: "store_unavailable" });
  return error as StoreError;
}

/** Creates an empty table and returns its name once it is active. */
export async function makeTable(client: DynamoDBClient): Promise<string> {
  const table = `events-${++tables}`;
  await client.send(new CreateTableCommand(tableDefinition(table)));
  const describe = new DescribeTableCommand({ TableName: table });
  while ((await client.send(describe)).Table?.TableStatus !== "ACTIVE")
    await new Promise((resolve) => setTimeout(resolve, 5));
  return table;
}
