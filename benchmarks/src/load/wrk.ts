import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { RequestFile } from "./requests.ts";

const run = promisify(execFile);
const script = fileURLToPath(new URL("wrk.lua", import.meta.url));

export interface LoadResult {
  readonly requests: number;
  readonly perSecond: number;
  /** Milliseconds. wrk corrects its percentiles for coordinated omission: a stall counts for all it would have kept waiting. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export interface WrkOptions {
  readonly connections: number;
  readonly seconds: number;
  /** How many requests of the file have been used already. */
  readonly skip: number;
  /** True: the file may be too short, and its last request is then sent again and again. */
  readonly repeat?: boolean;
}

export async function hasWrk(): Promise<boolean> {
  // `wrk -v` ends with 1 and its version.
  return run("wrk", ["-v"]).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
}

/**
 * Sends the requests of a file, from number `skip` on, over `connections` connections for some seconds.
 * @throws when any answer is not 2xx, a connection breaks, or the file was too short
 */
export async function wrk(
  url: string,
  file: RequestFile,
  { connections, seconds, skip, repeat = false }: WrkOptions,
): Promise<LoadResult> {
  const args = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "30s", "-s", script, url];
  const { stdout } = await run("wrk", [...args, "--", file.path, String(skip)]);
  const raw = /^RESULT (.*)$/m.exec(stdout)?.[1];
  if (raw === undefined) throw new Error(`wrk gave no result: ${stdout}`);
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
