import type * as Sdk from "@aws-sdk/client-dynamodb";
import type { DynamoDBClient, DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { ConfigurationError } from "@sessionhook/core";
import type { Actions, Call, TableClient } from "./client.js";

/** Loads the AWS SDK, which is optional and takes longer to load than everything else together. */
async function loadSdk(): Promise<typeof Sdk> {
  try {
    return await import("@aws-sdk/client-dynamodb");
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "ERR_MODULE_NOT_FOUND") throw cause;
    const message = "dynamodb: needs the package @aws-sdk/client-dynamodb, which is not installed";
    throw new ConfigurationError("invalid_option", message, { cause });
  }
}

/** Creates an SDK client that fails before a sender times out: 3 attempts of at most 3 s each. */
export async function makeSdkClient(config: DynamoDBClientConfig = {}): Promise<DynamoDBClient> {
  const { DynamoDBClient } = await loadSdk();
  return new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...config,
  });
}

/**
 * Adapts a client of the AWS SDK, by default one with the region, credentials and endpoint of the environment.
 * `close` destroys only the default one.
 * @throws ConfigurationError `invalid_option` if the SDK is not installed
 */
export async function adaptSdkClient(given?: DynamoDBClient): Promise<TableClient> {
  const sdk = await loadSdk();
  const client = given ?? (await makeSdkClient());
  type Run = { [Name in keyof Actions]: (input: Actions[Name][0]) => Promise<Actions[Name][1]> };
  const run: Run = {
    BatchWriteItem: async (input) => client.send(new sdk.BatchWriteItemCommand(input)),
    GetItem: async (input) => client.send(new sdk.GetItemCommand(input)),
    PutItem: async (input) => client.send(new sdk.PutItemCommand(input)),
    Query: async (input) => client.send(new sdk.QueryCommand(input)),
    UpdateItem: async (input) => client.send(new sdk.UpdateItemCommand(input)),
  };
  const call: Call = async (action, input) => run[action](input);
  return {
    operation: () => call,
    close: () => {
      if (given === undefined) client.destroy();
    },
  };
}
