import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

/** Where the store's items are, and what dates them. */
export interface Db {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly retentionDays: number | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
}

/** A client that gives up within a sender's patience: 3 attempts, each 3 s at most. */
export function makeClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...config,
  });
}
