import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { startDynalite } from "@sessionhook/conformance/dynalite";
import { sign } from "@sessionhook/core";
import { tableDefinition } from "@sessionhook/stores/dynamodb";
import { median } from "@sessionhook/testkit";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { bundle, bundleFile } from "./bundle.ts";

/**
 * Prints the size of the bundle and the time that a new Node process takes to import it and to store a first message in
 * dynalite: with our own client of DynamoDB, with the AWS SDK, and compared with an empty handler.
 */
const rounds = 15;
const emptyFile = bundleFile.replace("handler.mjs", "../measure-empty.mjs");
const sdkFile = bundleFile.replace("handler.mjs", "../measure-sdk.mjs");
const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const dynalite = await startDynalite();
const env = {
  ...process.env,
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "measure",
  AWS_SECRET_ACCESS_KEY: "measure",
  AWS_ENDPOINT_URL_DYNAMODB: dynalite.endpoint,
  SESSIONHOOK_SECRETS: secret,
  SESSIONHOOK_ADMIN_TOKEN: "measure",
  SESSIONHOOK_STORE: "dynamodb:measure",
  LOG_LEVEL: "silent",
};
/** The handler leaves an environment with a setting like this one to the AWS SDK. */
const withSdk = { AWS_RETRY_MODE: "adaptive" };

/** Milliseconds of the import, and of the first invocation after it. */
interface Start {
  readonly imported: number;
  readonly answered: number;
}

/** Returns an invocation with a new message, so that every process stores a new event. */
function messageEvent(id: string): object {
  const body = '{"type":"measure","data":{}}';
  return {
    version: "2.0",
    rawPath: "/webhooks",
    rawQueryString: "",
    headers: { "content-type": "application/json", ...sign(body, { id, secret }) },
    requestContext: { domainName: "measure", http: { method: "POST", path: "/webhooks" } },
    body,
    isBase64Encoded: false,
  };
}

function startOnce(file: string, id: string, settings: Readonly<Record<string, string>> = {}): Start {
  const script = `
    const event = ${JSON.stringify(messageEvent(id))};
    const t = performance.now();
    const { handler } = await import(${JSON.stringify(file)});
    const imported = performance.now() - t;
    const { statusCode } = await handler(event, {});
    if (statusCode !== 200) throw new Error("The handler answered " + statusCode);
    console.log(JSON.stringify({ imported, answered: performance.now() - t - imported }));
    process.exit();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...env, ...settings },
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(`The start failed:\n${stderr}`);
  return JSON.parse(stdout) as Start;
}

const client = new DynamoDBClient({
  endpoint: dynalite.endpoint,
  region: env.AWS_REGION,
  credentials: { accessKeyId: "measure", secretAccessKey: "measure" },
});
await client.send(new CreateTableCommand(tableDefinition("measure")));
client.destroy();
await bundle(bundleFile);
mkdirSync(dirname(emptyFile), { recursive: true });
writeFileSync(emptyFile, "export const handler = async () => ({ statusCode: 200 });\n");
writeFileSync(
  sdkFile,
  'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";\nexport const handler = async () => ({ statusCode: 200, DynamoDBClient });\n',
);
const starts = { empty: [] as Start[], sdk: [] as Start[], app: [] as Start[], appWithSdk: [] as Start[] };
for (let round = 0; round < rounds; round++) {
  starts.empty.push(startOnce(emptyFile, `empty-${round}`));
  starts.sdk.push(startOnce(sdkFile, `sdk-${round}`));
  starts.app.push(startOnce(bundleFile, `app-${round}`));
  starts.appWithSdk.push(startOnce(bundleFile, `app-with-sdk-${round}`, withSdk));
}
await dynalite.stop();
const ofImport = (list: readonly Start[]) => median(list.map(({ imported }) => imported));
const ofAnswer = (list: readonly Start[]) => median(list.map(({ answered }) => answered));
const row = (label: string, value: string) => console.log(`${label.padEnd(44)} ${value.padStart(9)}`);
const ms = (value: number) => `${value.toFixed(1)} ms`;
row("bundle, minified", `${(statSync(bundleFile).size / 1000).toFixed(1)} kB`);
row("import of an empty handler", ms(ofImport(starts.empty)));
row("import of the AWS SDK alone", ms(ofImport(starts.sdk)));
row("import of the app", ms(ofImport(starts.app)));
row("import of the app with the AWS SDK", ms(ofImport(starts.appWithSdk)));
row("app minus empty handler", ms(ofImport(starts.app) - ofImport(starts.empty)));
row("first message stored, after the import", ms(ofAnswer(starts.app)));
row("the same with the AWS SDK", ms(ofAnswer(starts.appWithSdk)));
