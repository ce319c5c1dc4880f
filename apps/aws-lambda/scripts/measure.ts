import { spawnSync } from "node:child_process";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import process from "node:process";
import { median } from "@sessionhook/testkit";
import { bundle, bundleFile } from "./bundle.ts";

/** Prints the size of the bundle and the time that a new Node process takes to import it, compared with an empty handler. */
const rounds = 15;
const emptyFile = bundleFile.replace("handler.mjs", "../measure-empty.mjs");
const sdkFile = bundleFile.replace("handler.mjs", "../measure-sdk.mjs");
const env = {
  ...process.env,
  AWS_REGION: "eu-central-1",
  SESSIONHOOK_SECRETS: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
  SESSIONHOOK_ADMIN_TOKEN: "measure",
  SESSIONHOOK_STORE: "dynamodb:measure",
  LOG_LEVEL: "silent",
};

/** Imports a file in a new process and returns the milliseconds the import took. */
function importOnce(file: string): number {
  const script = `const t = performance.now(); await import(${JSON.stringify(file)}); console.log(performance.now() - t)`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env,
    encoding: "utf8",
  });
  const ms = Number(stdout);
  if (stdout === "" || Number.isNaN(ms)) throw new Error(`The import failed:\n${stderr}`);
  return ms;
}

await bundle(bundleFile);
mkdirSync(dirname(emptyFile), { recursive: true });
writeFileSync(emptyFile, "export const handler = async () => ({ statusCode: 200 });\n");
writeFileSync(
  sdkFile,
  'import { DynamoDBClient } from "@aws-sdk/client-dynamodb";\nexport const handler = async () => DynamoDBClient;\n',
);
const times = { empty: [] as number[], sdk: [] as number[], app: [] as number[] };
for (let round = 0; round < rounds; round++) {
  times.empty.push(importOnce(emptyFile));
  times.sdk.push(importOnce(sdkFile));
  times.app.push(importOnce(bundleFile));
}
const [empty, sdk, app] = [median(times.empty), median(times.sdk), median(times.app)];
const row = (label: string, value: string) => console.log(`${label.padEnd(44)} ${value.padStart(9)}`);
row("bundle, minified", `${(statSync(bundleFile).size / 1000).toFixed(1)} kB`);
row("import of an empty handler (median)", `${empty.toFixed(1)} ms`);
row("import of the AWS SDK alone", `${sdk.toFixed(1)} ms`);
row("import of the app, AWS SDK included", `${app.toFixed(1)} ms`);
row("app minus AWS SDK", `${(app - sdk).toFixed(1)} ms`);
row("app minus empty handler", `${(app - empty).toFixed(1)} ms`);
