import { execFile } from "node:child_process";
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
  /** Allows a file with too few requests: the last one is repeated. */
  readonly repeat?: boolean;
}

/** Why no load can be sent here; undefined where wrk is installed. */
export async function wrkMissing(): Promise<string | undefined> {
  // `wrk -v` prints its version and exits with 1.
  return run("wrk", ["-v"]).then(
    () => undefined,
    (error: NodeJS.ErrnoException) =>
      error.code === "ENOENT" ? "wrk is not installed (apt-get install wrk)" : undefined,
  );
}

/** @throws where wrk is not installed */
export async function requireWrk(): Promise<void> {
  const missing = await wrkMissing();
  if (missing !== undefined) throw new Error(missing);
}

/**
 * Sends the requests of a file, from number `skip` on, over `connections` connections for `seconds` seconds.
 * @throws when a response is not 2xx, a connection breaks, or the file is too short
 */
export async function sendLoad(
  url: string,
  file: RequestFile,
  { connections, seconds, skip, repeat = false }: LoadOptions,
): Promise<LoadResult> {
  const options = ["-t1", `-c${connections}`, `-d${seconds}s`, "--timeout", "30s", "-s", here("wrk.lua")];
  const { stdout } = await run("wrk", [...options, url, "--", file.path, String(skip)]);
  const raw = /^RESULT (.*)$/m.exec(stdout)?.[1];
  if (raw === undefined) throw new Error(`wrk printed no result: ${stdout}`);
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
