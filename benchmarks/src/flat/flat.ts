import { randomInt } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BodySize } from "../load/requests.ts";
import { appCommand } from "../processes/contenders.ts";
import { type Scratch, withScratch } from "../processes/scratch.ts";
import { type ServerCommand, ServerProcess } from "../processes/server-process.ts";
import { table } from "../report/table.ts";
import { percentile } from "@sessionhook/testkit";
import { Events } from "./events.ts";
import { bytesOnDisk, fill } from "./fill.ts";
import { measureIntake } from "./measure-intake.ts";
import { measureReads } from "./measure-reads.ts";
import { measureRestarts } from "./measure-restarts.ts";
import { lackOfRoom } from "./room.ts";

export interface FlatOptions {
  readonly sizes: readonly { readonly events: number; readonly size: BodySize }[];
  /** Number and length of the intake rounds; in each round both stores take their turn. */
  readonly rounds: number;
  readonly seconds: number;
  /** Requests for each kind of read. */
  readonly samples: number;
}

/** Number of events in the store that the full one is compared with. */
const fewEvents = 2000;

/** Compares intake, reads and restarts of a store with many events with those of a nearly empty one. Returns the tables. */
export async function benchFlat(options: FlatOptions, say: (line: string) => void): Promise<string> {
  const parts: string[] = [];
  for (const { events, size } of options.sizes) {
    const title = `### ${events.toLocaleString("en")} ${size === "full" ? "full-size" : "small"} events`;
    const reason = lackOfRoom(tmpdir(), events, size);
    const result =
      reason === undefined
        ? await withScratch((scratch) => benchSize(scratch, events, size, options, say))
        : `Left out: ${reason}.`;
    parts.push(`${title}\n\n${result}`);
  }
  return parts.join("\n\n");
}

async function benchSize(
  scratch: Scratch,
  count: number,
  size: BodySize,
  { rounds, seconds, samples }: FlatOptions,
  say: (line: string) => void,
): Promise<string> {
  const command = appCommand("node", { LOG_LEVEL: "warning" });
  if ("reason" in command) throw new Error(command.reason);
  const now = Date.now();
  const sides = { empty: new Events(fewEvents, size, now), stored: new Events(count, size, now) };
  const folders = { empty: join(scratch.disk, "empty"), stored: join(scratch.disk, "stored") };
  const file = (side: keyof typeof sides) => join(folders[side], "data", "sessionhook.db");
  await fill(file("empty"), sides.empty, [0, fewEvents], () => undefined);
  const began = performance.now();
  const { rows, bodyBytes } = await fill(file("stored"), sides.stored, [0, count], say);
  const perSecond = Math.round((count / (performance.now() - began)) * 1000);
  const onDisk = bytesOnDisk(file("stored"));

  const { servers, end } = await serve(command, folders);
  let reads, intake;
  try {
    say("reading");
    const stores = {
      empty: { origin: servers.empty.origin, events: sides.empty },
      stored: { origin: servers.stored.origin, events: sides.stored },
    };
    reads = await measureReads(stores, { samples, rounds: 4 });
    say("intake");
    const requests = { path: join(scratch.memory, "requests"), size, rounds, seconds };
    intake = await measureIntake(servers, requests);
  } finally {
    await end();
  }
  say("restarts");
  const restarts = await measureRestarts(command, folders.stored, randomInt(1e9));
  const facts = `Filled through the store at ${perSecond} events/s. An event with a body of ${Math.round(bodyBytes / rows)} bytes takes ${Math.round(onDisk / rows)} bytes on disk.`;
  const readRows = reads.map(({ name, empty, stored }) => [
    name,
    ...[empty, stored].flatMap((times) => [50, 99].map((p) => percentile(times, p).toFixed(1))),
  ]);
  const readHead = [`${samples} requests each, ms`, "small: p50", "small: p99", "large: p50", "large: p99"];
  return [facts, intake, restarts, table(readHead, readRows)].join("\n\n");
}

async function serve(command: ServerCommand, folders: { readonly empty: string; readonly stored: string }) {
  const empty = await ServerProcess.start(command, folders.empty);
  const stored = await ServerProcess.start(command, folders.stored);
  const end = async () => {
    await empty.end();
    await stored.end();
  };
  return { servers: { empty, stored }, end };
}
