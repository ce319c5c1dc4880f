import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";

/** The table of a store, with its retention and clock. */
export interface Db {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly retentionDays: number | undefined;
  /** Returns Unix milliseconds. */
  readonly now: () => number;
}

/** Creates a client that fails before a sender times out: 3 attempts of at most 3 s each. */
export function makeClient(config: DynamoDBClientConfig = {}): DynamoDBClient {
  return new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true },
    ...config,
  });
}
