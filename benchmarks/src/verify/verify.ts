import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Runtime, runtimeFile, runtimeNames, scriptOn } from "../processes/contenders.ts";
import { root } from "../paths.ts";
import { table } from "../report/table.ts";
import type { Result, RoundOptions } from "./rounds.ts";
import type { VerifyResults } from "./verify-parse-validate.ts";

const run = promisify(execFile);
const script = fileURLToPath(new URL("verify-process.ts", import.meta.url));

/** Measures verifying, parsing and validating in one process per runtime and size; returns a table for each size in bytes. */
export async function verifyTables(
  runtimes: readonly Runtime[],
  sizes: readonly number[],
  options: RoundOptions,
  say: (line: string) => void,
): Promise<string> {
  const tables: string[] = [];
  const there = runtimes.filter((runtime) => runtimeFile(runtime) !== undefined);
  for (const bytes of sizes) {
    const measured: [Runtime, VerifyResults][] = [];
    for (const runtime of there) {
      measured.push([runtime, await measureOn(runtime, bytes, options)]);
      say(`${bytes} bytes on ${runtimeNames[runtime]}: measured`);
    }
    tables.push(`### Events of ${measured[0]?.[1].size} bytes\n\n${sizeTable(measured)}`);
  }
  const left = runtimes.filter((runtime) => !there.includes(runtime));
  return [
    `${options.rounds} interleaved rounds.`,
    ...left.map((runtime) => `Left out: ${runtimeNames[runtime]} (not available for this platform).`),
    ...tables,
  ].join("\n\n");
}

async function measureOn(
  runtime: Runtime,
  bytes: number,
  { rounds, roundMs }: RoundOptions,
): Promise<VerifyResults> {
  const command = scriptOn(runtime, script);
  if (command === undefined) throw new Error(`${runtimeNames[runtime]} is not available for this platform`);
  const args = [...command.args, ...[bytes, rounds, roundMs].map(String)];
  const { stdout } = await run(command.file, args, { cwd: root });
  return JSON.parse(stdout) as VerifyResults;
}

function sizeTable(measured: readonly [Runtime, VerifyResults][]): string {
  const head = measured.flatMap(([runtime]) => [`${runtimeNames[runtime]}: µs per event`, "× baseline"]);
  const names = measured[0]?.[1].results.map(({ name }) => name) ?? [];
  const rows = names.map((name, i) => [
    name,
    ...measured.flatMap(([, { results }]) => cells(results[i] as Result)),
  ]);
  return table(["", ...head], rows);
}

function cells({ median, min, max, ratio }: Result): [string, string] {
  return [`${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`, ratio.toFixed(2)];
}
