import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";

/** Attribute by which DynamoDB removes what is past its retention (Unix seconds). */
export const ttlAttribute = "expires";

/**
 * In how many partitions each index is spread. One partition takes 1000 small writes a second, so that
 * the newest rows, which all land in the same place of an index, come to 8000 a second. A page reads all of them.
 */
export const shardCount = 8;

const summary = [
  "version",
  "type",
  "typeBlob",
  "status",
  "receivedAt",
  "attemptTimestamp",
  "size",
  "duplicates",
];
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

/** The table as CreateTable takes it: on demand, with the indexes that lists are read from. */
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

/** Makes the table with its time to live and point-in-time recovery, and waits until it can be used. */
export async function createEventTable(client: DynamoDBClient, table: string): Promise<void> {
  await client.send(new CreateTableCommand({ ...tableDefinition(table), DeletionProtectionEnabled: true }));
  await waitUntilTableExists({ client, maxWaitTime: 300 }, { TableName: table });
  const TimeToLiveSpecification = { AttributeName: ttlAttribute, Enabled: true };
  await client.send(new UpdateTimeToLiveCommand({ TableName: table, TimeToLiveSpecification }));
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await client.send(
    new UpdateContinuousBackupsCommand({ TableName: table, PointInTimeRecoverySpecification }),
  );
}
