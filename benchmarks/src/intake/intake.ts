import { join } from "node:path";
import { type LoadResult, requireWrk, sendLoad } from "../load/load.ts";
import { type BodySize, type RequestFile, writeRequests } from "../load/requests.ts";
import { type Contender, contenders, contendersIn, type Runtime } from "../processes/contenders.ts";
import { withScratch } from "../processes/scratch.ts";
import { type ServerCommand, ServerProcess } from "../processes/server-process.ts";
import { adminToken } from "../secret.ts";
import { intakeTable, type Series } from "./intake-table.ts";

export interface IntakeOptions {
  readonly connections: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly runtimes: readonly Runtime[];
  readonly size: BodySize;
  /** Folder of another checkout, whose apps are measured too. */
  readonly base: string | undefined;
}

type Runnable = Contender & { readonly command: ServerCommand };

/**
 * Measures durable intake over HTTP: in each round every server receives the same messages, one server after the other,
 * each with its own empty store. Returns the tables.
 */
export async function benchIntake(options: IntakeOptions, say: (line: string) => void): Promise<string> {
  await requireWrk();
  const others = options.base === undefined ? [] : await contendersIn(options.base, options.runtimes);
  const all = [...contenders(options.runtimes), ...others];
  const runnable = all.filter((one): one is Runnable => "file" in one.command);
  const left = all.flatMap(({ name, command }) =>
    "reason" in command ? [`Left out: ${name} (${command.reason}).`] : [],
  );
  const tables: string[] = [];
  let bodyBytes = 0;
  await withScratch(async ({ memory }) => {
    const path = join(memory, "requests");
    const perSecond = await highestRate(runnable, path, options.size);
    const count = Math.ceil(perSecond * 1.5 * (options.seconds + options.warmUpSeconds)) + 1000;
    for (const connections of options.connections) {
      const series = runnable.map((contender): Series => ({ contender, results: [], cpu: [] }));
      for (let round = 0; round < options.rounds; round++) {
        const file = writeRequests(path, count, options.size);
        bodyBytes = file.bodyBytes;
        for (const one of series) {
          const { result, cpu } = await measure(one.contender as Runnable, file, connections, options);
          one.results.push(result);
          one.cpu.push(cpu);
          say(
            `${connections} connections, round ${round + 1}: ${one.contender.name}: ${Math.round(result.perSecond)}/s, p99 ${result.p99.toFixed(1)} ms, ${cpu.toFixed(0)} µs`,
          );
        }
      }
      tables.push(
        `### ${connections} ${connections === 1 ? "connection" : "connections"}\n\n${intakeTable(series)}`,
      );
    }
  });
  const how = `Events of ${bodyBytes} bytes on average, all different; ${options.rounds} rounds of ${options.seconds} s after ${options.warmUpSeconds} s of warm-up. Load by wrk.`;
  return [how, ...left, ...tables].join("\n\n");
}

/** Estimates the highest request rate per second of any server measured here. */
async function highestRate(runnable: readonly Runnable[], path: string, size: BodySize): Promise<number> {
  const file = writeRequests(path, 2000, size);
  let highest = 0;
  for (const { command, kind } of runnable) {
    if (kind !== "floor") continue;
    const server = await ServerProcess.start(command);
    const load = { connections: 64, seconds: 3, skip: 0, repeat: true };
    highest = Math.max(highest, (await sendLoad(server.url, file, load)).perSecond);
    await server.end();
    server.removeFolder();
  }
  return highest;
}

/** Measures one server for one round; `cpu` is processor time in microseconds per request, summed over all threads. */
async function measure(
  { command, kind }: Runnable,
  file: RequestFile,
  connections: number,
  { seconds, warmUpSeconds }: IntakeOptions,
): Promise<{ result: LoadResult; cpu: number }> {
  const server = await ServerProcess.start(command);
  try {
    const warmUp = await sendLoad(server.url, file, { connections, seconds: warmUpSeconds, skip: 0 });
    // Each connection may have one more message in flight when the load stops.
    const skip = warmUp.requests + connections;
    const before = server.cpu();
    const result = await sendLoad(server.url, file, { connections, seconds, skip });
    const cpu = (server.cpu() - before) / result.requests;
    await check(server, kind, warmUp.requests + result.requests);
    return { result, cpu };
  } finally {
    await server.end();
    server.removeFolder();
  }
}

/** Throws when the server stored fewer events than it acknowledged. */
async function check(server: ServerProcess, kind: Contender["kind"], acknowledged: number): Promise<void> {
  if (kind !== "app") await server.end();
  const stored =
    kind === "app" ? await storedEvents(server.origin) : Number(/taken (\d+)/.exec(server.output)?.[1]);
  if (!(stored >= acknowledged))
    throw new Error(`The server acknowledged ${acknowledged} events and stored ${stored}`);
}

async function storedEvents(origin: string): Promise<number> {
  const response = await fetch(`${origin}/api/stats`, { headers: { authorization: `Bearer ${adminToken}` } });
  const { accepted, duplicates } = (await response.json()) as Record<string, number>;
  if (duplicates !== 0)
    throw new Error(`The server counted ${duplicates} duplicates, but all messages must differ`);
  return accepted ?? 0;
}
