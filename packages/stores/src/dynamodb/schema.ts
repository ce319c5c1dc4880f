import type { CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** The attribute with the expiry in Unix seconds, after which DynamoDB deletes an item. */
export const ttlAttribute = "expires";

/**
 * Number of partitions of each index. The newest rows all go to the same end of an index, and one partition accepts 1000
 * small writes per second, so 8 partitions allow 8000 per second. Reading a page queries all of them.
 */
export const shardCount = 8;

const summary = ["version", "type", "status", "receivedAt", "attemptTimestamp", "size", "duplicates"];
const keys = ["arrival", "id", "byShard", "byStatus", "byType"] as const;

const index = (name: string, hash: (typeof keys)[number], range: (typeof keys)[number]) => ({
  IndexName: name,
  KeySchema: [
    { AttributeName: hash, KeyType: "HASH" as const },
    { AttributeName: range, KeyType: "RANGE" as const },
  ],
  Projection: {
    ProjectionType: "INCLUDE" as const,
    NonKeyAttributes: [...summary, ...keys.filter((key) => key !== hash && key !== range)],
  },
});

/** Returns the input of CreateTable: on-demand billing, and the indexes that lists read. */
export function tableDefinition(table: string): CreateTableCommandInput {
  return {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["pk", "sk", ...keys].map((name) => ({ AttributeName: name, AttributeType: "S" })),
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      index("newest", "byShard", "arrival"),
      index("newest-by-status", "byStatus", "arrival"),
      index("newest-by-type", "byType", "arrival"),
      index("ids", "byShard", "id"),
    ],
  };
}

/** Creates the table, waits until it is usable, and enables time to live and point-in-time recovery. */
export async function createEventTable(client: DynamoDBClient, table: string): Promise<void> {
  // Loaded here, since tableDefinition and the store work without the SDK.
  const sdk = await import("@aws-sdk/client-dynamodb");
  await client.send(
    new sdk.CreateTableCommand({ ...tableDefinition(table), DeletionProtectionEnabled: true }),
  );
  await sdk.waitUntilTableExists({ client, maxWaitTime: 300 }, { TableName: table });
  const TimeToLiveSpecification = { AttributeName: ttlAttribute, Enabled: true };
  await client.send(new sdk.UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification }));
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(
    new sdk.UpdateContinuousBackupsCommand({ TableName: table, PointInTimeRecoverySpecification }),
  );
}
