import { execFile } from "node:child_process";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RequestFile } from "./requests.ts";

const run = promisify(execFile);
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. wrk corrects its percentiles for coordinated omission: a stall counts for all it would have kept waiting. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
  /** How many requests of the file have been used already. */
  readonly skip: number;
  /** True: the file may be too short, and its last request is then sent again and again. */
  readonly repeat?: boolean;
}

/** What sends the load, as a process of its own: wrk where it is installed, a client on undici elsewhere. */
export type LoadTool = "wrk" | "undici";

export async function loadTool(): Promise<LoadTool> {
  // `wrk -v` ends with 1 and its version.
  return run("wrk", ["-v"]).then(
    () => "wrk",
    (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? "undici" : "wrk"),
  );
}

/** What a reader of the results should know of the tool. */
export function describeTool(tool: LoadTool): string {
  if (tool === "wrk") return "Load by wrk.";
  return "Load by a client on undici, for there is no wrk here: it takes much of the machine, so the servers are closer to each other than they are.";
}

/**
 * Sends the requests of a file, from number `skip` on, over `connections` connections for some seconds.
 * @throws when any answer is not 2xx, a connection breaks, or the file was too short
 */
export async function sendLoad(
  tool: LoadTool,
  url: string,
  file: RequestFile,
  { connections, seconds, skip, repeat = false }: LoadOptions,
): Promise<LoadResult> {
  const numbers = [connections, seconds, skip].map(String);
  const options = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "30s", "-s", here("wrk.lua")];
  const { stdout } =
    tool === "wrk"
      ? await run("wrk", [...options, url, "--", file.path, String(skip)])
      : await run(process.execPath, [here("undici-process.mjs"), url, file.path, ...numbers]);
  const raw = /^RESULT (.*)$/m.exec(stdout)?.[1];
  if (raw === undefined) throw new Error(`${tool} gave no result: ${stdout}`);
  const result = JSON.parse(raw) as Record<string, number>;
  const { requests = 0, microseconds = NaN, refused = 0, broken = 0 } = result;
  if (refused + broken > 0) throw new Error(`${refused} answers were not 2xx, ${broken} connections broke`);
  if (!repeat && skip + requests + connections > file.count)
    throw new Error(`the file of ${file.count} requests was too short for ${skip + requests}`);
  const ms = (name: string) => (result[name] ?? NaN) / 1000;
  return {
    requests,
    perSecond: (requests / microseconds) * 1e6,
    p50: ms("p50"),
    p99: ms("p99"),
    p999: ms("p999"),
  };
}
