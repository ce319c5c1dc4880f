import process from "node:process";
import { CreateTableCommand, DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { startDynalite } from "@sessionhook/conformance/dynalite";
import { sign } from "@sessionhook/core";
import { createSimulator } from "@sessionhook/simulator";
import { tableDefinition } from "@sessionhook/stores/dynamodb";
import { bundle, bundleFile } from "./bundle.ts";
import { itemBytes, writeUnits } from "./dynamodb-units.ts";

/**
 * Sends messages of 5 to 8 kB, one per invocation, through the bundled handler and prints the cost of an event: DynamoDB's
 * units and bytes (computed by its rules from the rows the function wrote), the function's processor time and its log size.
 * With `--json`, prints JSON for scripts.
 */
const [warmUp, events] = [500, 2000];
const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
/** Bytes that DynamoDB adds to every row and every index entry when it bills storage. */
const storageOverhead = 100;

const dynalite = await startDynalite();
Object.assign(process.env, {
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "measure",
  AWS_SECRET_ACCESS_KEY: "measure",
  AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
  SESSIONHOOK_SECRETS: secret,
  SESSIONHOOK_ADMIN_TOKEN: "measure",
  SESSIONHOOK_STORE: "dynamodb:events",
  LOG_LEVEL: "info",
});
const client = new DynamoDBClient();
const definition = tableDefinition("events");
await client.send(new CreateTableCommand(definition));
await bundle(bundleFile);
const { handler } = (await import(bundleFile)) as {
  handler(event: unknown, context: unknown): Promise<{ statusCode: number }>;
};

const simulator = createSimulator({ seed: 1, now: Date.now() });
const invocations: unknown[] = [];
let bodyBytes = 0;
while (invocations.length < warmUp + events) {
  const { body, id } = simulator.next();
  if (body.length < 5000 || body.length > 8000) continue;
  if (invocations.length >= warmUp) bodyBytes += body.length;
  const headers = { "content-type": "application/json", ...sign(body, { id, secret }) };
  const http = { method: "POST", path: "/webhooks", protocol: "HTTP/1.1", sourceIp: "203.0.113.7" };
  invocations.push({
    version: "2.0",
    rawPath: "/webhooks",
    rawQueryString: "",
    headers,
    requestContext: { domainName: "measure", http },
    body,
    isBase64Encoded: false,
  });
}

async function invokeAll(list: readonly unknown[]): Promise<void> {
  for (const event of list) {
    const { statusCode } = await handler(event, {});
    if (statusCode !== 200) throw new Error(`The handler answered a message with ${statusCode}`);
  }
}

await invokeAll(invocations.slice(0, warmUp));
let logBytes = 0;
const { write } = process.stdout;
process.stdout.write = ((text: string | Uint8Array) => {
  logBytes += Buffer.byteLength(text);
  return true;
}) as typeof write;
const before = process.cpuUsage();
await invokeAll(invocations.slice(warmUp));
const { user, system } = process.cpuUsage(before);
process.stdout.write = write;

const units = { row: 0, indexes: 0, counter: 0 };
let [rows, stored] = [0, 0];
for await (const { Items = [] } of paginateScan({ client }, { TableName: "events" }))
  for (const item of Items) {
    if (item["pk"]?.S?.startsWith("e#") !== true) continue;
    rows++;
    const bytes = itemBytes(item);
    units.row += writeUnits(bytes);
    units.counter += 1;
    stored += bytes + storageOverhead;
    for (const { KeySchema = [], Projection } of definition.GlobalSecondaryIndexes ?? []) {
      const keys = KeySchema.map(({ AttributeName = "" }) => AttributeName);
      if (keys.some((key) => item[key] === undefined)) continue;
      const names = new Set(["pk", "sk", ...keys, ...(Projection?.NonKeyAttributes ?? [])]);
      const entry = Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
      units.indexes += writeUnits(itemBytes(entry));
      stored += itemBytes(entry) + storageOverhead;
    }
  }
client.destroy();
await dynalite.stop();
if (rows !== warmUp + events) throw new Error(`The table has ${rows} rows for ${warmUp + events} events`);

const each = (sum: number, count: number) => Number((sum / count).toFixed(2));
const figures = {
  "bytes of a body": Math.round(bodyBytes / events),
  "write units, row": each(units.row, rows),
  "write units, indexes": each(units.indexes, rows),
  "write units, counter": each(units.counter, rows),
  "bytes stored, indexes included": Math.round(stored / rows),
  "bytes logged": Math.round(logBytes / events),
  "processor time of the function, ms": each((user + system) / 1000, events),
};
if (process.argv.includes("--json")) console.log(JSON.stringify(figures));
else for (const [label, value] of Object.entries(figures)) console.log(`${label.padEnd(44)} ${value}`);
