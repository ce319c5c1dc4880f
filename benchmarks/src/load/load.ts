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
  /** Milliseconds. wrk corrects its percentiles for coordinated omission: a stall counts for every request it would have delayed. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export interface LoadOptions {
  readonly connections: number;
  readonly seconds: number;
  /** Number of requests of the file that were sent before. */
  readonly skip: number;
  /** When true, a file that is too short is allowed: its last request is repeated. */
  readonly repeat?: boolean;
}

/** What sends the load, as a process of its own: wrk where it is installed, a client on undici elsewhere. */
export type LoadTool = "wrk" | "undici";

export async function loadTool(): Promise<LoadTool> {
  // `wrk -v` prints its version and exits with 1.
  return run("wrk", ["-v"]).then(
    () => "wrk",
    (error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? "undici" : "wrk"),
  );
}

/** Describes the load tool for readers of the results. */
export function describeTool(tool: LoadTool): string {
  if (tool === "wrk") return "Load by wrk.";
  return "Load by a client on undici, for there is no wrk here: it takes much of the machine, so the servers are closer to each other than they are.";
}

/**
 * Sends the requests of a file, from number `skip` on, over `connections` connections for `seconds` seconds.
 * @throws when a response is not 2xx, a connection breaks, or the file is too short
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
  if (raw === undefined) throw new Error(`${tool} printed no result: ${stdout}`);
  const result = JSON.parse(raw) as Record<string, number>;
  const { requests = 0, microseconds = NaN, refused = 0, broken = 0 } = result;
  if (refused + broken > 0) throw new Error(`${refused} responses were not 2xx, ${broken} connections broke`);
  if (!repeat && skip + requests + connections > file.count)
    throw new Error(`The file of ${file.count} requests is too short: the load needed ${skip + requests}`);
  const ms = (name: string) => (result[name] ?? NaN) / 1000;
  return {
    requests,
    perSecond: (requests / microseconds) * 1e6,
    p50: ms("p50"),
    p99: ms("p99"),
    p999: ms("p999"),
  };
}
