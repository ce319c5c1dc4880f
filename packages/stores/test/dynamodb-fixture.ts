import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type DynamoDBClientConfig,
} from "@aws-sdk/client-dynamodb";
import { makeClient } from "../src/dynamodb/client.js";
import { tableDefinition } from "../src/dynamodb/schema.js";

let tables = 0;

export function testClient(endpoint: string, config: DynamoDBClientConfig = {}): DynamoDBClient {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return makeClient({ endpoint, region: "eu-central-1", credentials, ...config });
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
