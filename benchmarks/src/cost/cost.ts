import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../paths.ts";
import { Events } from "../flat/events.ts";
import { bytesOnDisk, fill } from "../flat/fill.ts";
import { withScratch } from "../processes/scratch.ts";
import { table } from "../report/table.ts";
import { prices } from "./prices.ts";

/** Gigabytes of memory the function is given in apps/aws-lambda/template.yaml. */
const memory = 1;
/** What a delivery waits for: two calls of DynamoDB, one after the other, some 5 ms each. Cannot be measured here. */
const waitingMs = 10;
/** Lambda's own three lines about an invocation. */
const lambdaLogBytes = 300;
const events = 20_000;

/** What a million full-size events cost, from what an event is measured to take. Returns the tables. */
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
    `${Math.round(onDisk)} bytes on disk an event: ${gigabytes(onDisk)} GB, ${dollars(gigabytes(onDisk) * prices.disk)} a month on a disk of ${dollars(prices.disk)} a GB. The machine costs the same with and without them.`,
  ].join("\n\n");
}

function onLambda(figures: Record<string, number>): string {
  const figure = (label: string) => {
    const value = figures[label];
    if (value === undefined) throw new Error(`apps/aws-lambda does not say: ${label}`);
    return value;
  };
  const [row, indexes, counter] = ["its row", "the indexes", "the counter"].map((of) =>
    figure(`write units of ${of}`),
  ) as [number, number, number];
  const units = row + indexes + counter;
  const stored = figure("bytes stored, indexes included");
  const ms = figure("processor time of the function, ms") + waitingMs;
  const log = figure("bytes of the log") + lambdaLogBytes;
  const once: [string, string, number][] = [
    ["Lambda, invocations", "1", 1e6 * prices.lambdaRequest],
    [
      "Lambda, duration",
      `${ms.toFixed(1)} ms of ${memory} GB, of it ${waitingMs} ms assumed for DynamoDB`,
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
    ["DynamoDB, storage, each month", `${stored} bytes`, gigabytes(stored) * prices.dynamodbStorage],
    ["DynamoDB, backup, each month", `${stored} bytes`, gigabytes(stored) * prices.dynamodbBackup],
  ];
  const sum = (lines: readonly [string, string, number][]) =>
    lines.reduce((all, [, , cost]) => all + cost, 0);
  const rows = [
    ...once,
    ["together, once", "", sum(once)] as const,
    ...monthly,
    ["together, each month", "", sum(monthly)] as const,
  ].map(([what, how, cost]) => [how === "" ? what : `${what}: ${how}`, dollars(cost)]);
  return `Bodies of ${figure("bytes of a body")} bytes on average; what stands after a colon is for one event.\n\n${table(["", "US$"], rows)}`;
}

/** Of a million events with so many bytes each. */
function gigabytes(bytes: number): number {
  return Number(((bytes * 1e6) / 1e9).toFixed(2));
}

function dollars(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

/** Bytes on disk of an event in an SQLite store. */
async function bytesAnEvent(): Promise<number> {
  return withScratch(async ({ disk }) => {
    const file = join(disk, "events.db");
    const { rows } = await fill(file, new Events(events, "full", Date.now()), [0, events], () => undefined);
    return bytesOnDisk(file) / rows;
  });
}
