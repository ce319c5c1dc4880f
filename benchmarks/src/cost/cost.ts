import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../paths.ts";
import { Events } from "../flat/events.ts";
import { bytesOnDisk, fill } from "../flat/fill.ts";
import { withScratch } from "../processes/scratch.ts";
import { table } from "../report/table.ts";
import { prices } from "./prices.ts";

/** Memory of the function in GB, as in apps/aws-lambda/template.yaml. */
const memory = 1;
/** An assumption, since DynamoDB cannot be measured here: a message waits for two sequential calls of about 5 ms each. */
const waitingMs = 10;
/** Size of the three lines that Lambda itself logs for each invocation. */
const lambdaLogBytes = 300;
const events = 20_000;

/** Measures one full-size event and returns tables with the cost of a million of them. */
export async function benchCost(): Promise<string> {
  const lambda = JSON.parse(
    execFileSync(process.execPath, ["scripts/measure-events.ts", "--json"], {
      cwd: join(root, "apps", "aws-lambda"),
      encoding: "utf8",
    }),
  ) as Record<string, number>;
  const onDisk = await bytesAnEvent();
  return [
    "### AWS Lambda and DynamoDB, a million events",
    onLambda(lambda),
    "### One machine and SQLite, a million events",
    `${Math.round(onDisk)} bytes on disk per event: ${gigabytes(onDisk)} GB, ${dollars(gigabytes(onDisk) * prices.disk)} per month on a disk at ${dollars(prices.disk)} per GB. The price of the machine does not depend on them.`,
  ].join("\n\n");
}

function onLambda(figures: Record<string, number>): string {
  const figure = (label: string) => {
    const value = figures[label];
    if (value === undefined)
      throw new Error(`apps/aws-lambda/scripts/measure-events.ts printed no figure "${label}"`);
    return value;
  };
  const [row, indexes, counter] = ["row", "indexes", "counter"].map((of) => figure(`write units, ${of}`)) as [
    number,
    number,
    number,
  ];
  const units = row + indexes + counter;
  const stored = figure("bytes stored, indexes included");
  const ms = figure("processor time of the function, ms") + waitingMs;
  const log = figure("bytes logged") + lambdaLogBytes;
  const once: [string, string, number][] = [
    ["Lambda, invocations", "1", 1e6 * prices.lambdaRequest],
    [
      "Lambda, duration",
      `${ms.toFixed(1)} ms of ${memory} GB, including ${waitingMs} ms assumed for DynamoDB`,
      (1e6 * ms * memory * prices.lambdaGigabyteSecond) / 1000,
    ],
    [
      "DynamoDB, writes",
      `${units.toFixed(2)} units: row ${row}, indexes ${indexes}, counter ${counter}`,
      1e6 * units * prices.dynamodbWriteUnit,
    ],
    ["CloudWatch, log", `${log} bytes`, gigabytes(log) * prices.logs],
  ];
  const monthly: [string, string, number][] = [
    ["DynamoDB, storage, per month", `${stored} bytes`, gigabytes(stored) * prices.dynamodbStorage],
    ["DynamoDB, backup, per month", `${stored} bytes`, gigabytes(stored) * prices.dynamodbBackup],
  ];
  const sum = (lines: readonly [string, string, number][]) =>
    lines.reduce((all, [, , cost]) => all + cost, 0);
  const rows = [
    ...once,
    ["total, once", "", sum(once)] as const,
    ...monthly,
    ["total, per month", "", sum(monthly)] as const,
  ].map(([what, how, cost]) => [how === "" ? what : `${what}: ${how}`, dollars(cost)]);
  return `Average body size: ${figure("bytes of a body")} bytes. The figure after each colon is for one event.\n\n${table(["", "US$"], rows)}`;
}

/** Returns the size in GB of a million events of `bytes` bytes each, rounded to 0.01. */
function gigabytes(bytes: number): number {
  return Number(((bytes * 1e6) / 1e9).toFixed(2));
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

/** Fills an SQLite store and returns its bytes on disk per event. */
async function bytesAnEvent(): Promise<number> {
  return withScratch(async ({ disk }) => {
    const file = join(disk, "events.db");
    const { rows } = await fill(file, new Events(events, "full", Date.now()), [0, events], () => undefined);
    return bytesOnDisk(file) / rows;
  });
}
