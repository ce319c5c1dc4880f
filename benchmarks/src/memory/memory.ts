import { join } from "node:path";
import { requireWrk, sendLoad } from "../load/load.ts";
import { countedId, writeRequests } from "../load/requests.ts";
import { contenders, type Runtime } from "../processes/contenders.ts";
import { withScratch } from "../processes/scratch.ts";
import { type ServerCommand, ServerProcess } from "../processes/server-process.ts";
import { table } from "../report/table.ts";

const connections = 64;
/** Seconds of load between two memory samples. */
const stretch = 3;
/** Highest expected number of messages between two samples. */
const most = 200_000;

/** Samples the resident memory of the apps and the bare servers while they receive `events` small events; returns a table. */
export async function benchMemory(
  runtimes: readonly Runtime[],
  events: number,
  say: (line: string) => void,
): Promise<string> {
  await requireWrk();
  const rows: string[][] = [];
  await withScratch(async ({ memory }) => {
    for (const { name, kind, command } of contenders(runtimes)) {
      if (kind === "by hand" || "reason" in command) continue;
      const samples = await underLoad(command, events, join(memory, "requests"));
      const at = (share: number) =>
        (samples.now[Math.round(share * (samples.now.length - 1))] ?? NaN).toFixed(0);
      rows.push([name, samples.idle.toFixed(0), at(0.25), at(0.5), at(0.75), at(1), samples.peak.toFixed(0)]);
      say(rows.at(-1)?.join(" | ") ?? "");
    }
  });
  const how = `Resident memory in MiB while the server receives ${events.toLocaleString("en")} small events over ${connections} connections at full speed, as many as in an hour at 100 per second. Load by wrk.`;
  return `${how}\n\n${table(["", "idle", "25 %", "50 %", "75 %", "end", "peak"], rows)}`;
}

async function underLoad(
  command: ServerCommand,
  events: number,
  path: string,
): Promise<{ idle: number; now: number[]; peak: number }> {
  const server = await ServerProcess.start(command);
  try {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const idle = server.memory().now;
    const now: number[] = [];
    for (let sent = 0; sent < events;) {
      const file = writeRequests(path, most, "small", (i) => countedId(sent + i));
      const load = { connections, seconds: stretch, skip: 0 };
      sent += (await sendLoad(server.url, file, load)).requests + connections;
      now.push(server.memory().now);
    }
    return { idle, now, peak: server.memory().peak };
  } finally {
    await server.end();
    server.removeFolder();
  }
}
