import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { ConfigurationError, type EventLog } from "@sessionhook/core";
import { isRetentionDays, isTableName } from "./address.js";
import type { TableClient } from "./dynamodb/client.js";
import { adaptSdkClient } from "./dynamodb/sdk-client.js";
import { DynamoDbEventLog } from "./dynamodb/store.js";

export type { TableClient } from "./dynamodb/client.js";
export { signedDynamoDbClient } from "./dynamodb/signed-environment.js";
export { createEventTable, tableDefinition } from "./dynamodb/schema.js";

export interface DynamoDbStoreOptions {
  /** Name of the table, which `createEventTable` or the SAM template of apps/aws-lambda creates. */
  readonly table: string;
  /** Days after which DynamoDB may delete an event, 1 to 36500. Default: never. */
  readonly retentionDays?: number | undefined;
  /**
   * A client of the AWS SDK, which `close` leaves open, or `signedDynamoDbClient(process.env)`. Default: a client of the AWS
   * SDK with the region, credentials and endpoint of the environment.
   */
  readonly client?: DynamoDBClient | TableClient | undefined;
  /** Returns Unix milliseconds. Default: the system clock. */
  readonly now?: (() => number) | undefined;
}

/**
 * Opens a store in one DynamoDB table. Any number of processes and Lambda environments may share it.
 * Opening sends no request to DynamoDB: with a missing table, the first call rejects with `store_unavailable`.
 * @throws ConfigurationError `invalid_option` for an invalid table name or retention, or if the SDK is needed and not installed
 */
export async function openDynamoDbStore(options: DynamoDbStoreOptions): Promise<EventLog> {
  const { table, retentionDays, client, now = Date.now } = options;
  if (!isTableName(table))
    throw new ConfigurationError(
      "invalid_option",
      "The table name must have 3 to 255 of the characters a-z A-Z 0-9 _ - .",
    );
  if (retentionDays !== undefined && !isRetentionDays(retentionDays))
    throw new ConfigurationError("invalid_option", "retentionDays must be an integer from 1 to 36500");
  const tableClient = client !== undefined && "operation" in client ? client : await adaptSdkClient(client);
  return new DynamoDbEventLog({ client: tableClient, table, retentionDays, now });
}
