import { rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { openFactStore } from "@sessionhook/stores";
import { newFolder } from "../processes/server-process.ts";
import { table } from "../report/table.ts";
import { fill } from "./fill.ts";
import { measureRates, type Rates } from "./rates.ts";
import { reads } from "./reads.ts";

export interface VisitsOptions {
  readonly sessions: number;
  /** Calls of each reading. */
  readonly samples: number;
  /** Simulated events for routing and rebuilding. */
  readonly events: number;
  readonly rounds: number;
}

/** Measures the readings of a SQLite fact store with many sessions, and how fast it is written. Returns the tables. */
export async function benchVisits(options: VisitsOptions, say: (line: string) => void): Promise<string> {
  const { sessions, samples, events, rounds } = options;
  const folder = newFolder();
  try {
    const path = join(folder, "visits.db");
    const seconds = await fill(`sqlite:${path}`, sessions, say);
    const rows = await readAll(`sqlite:${path}`, samples, say);
    const rates: Rates[] = [];
    for (let round = 0; round < rounds; round++) {
      rates.push(await measureRates(join(folder, `rates${round}.db`), events));
      say(JSON.stringify(rates.at(-1)));
    }
    const list = (key: keyof Rates) => rates.map((each) => each[key].toFixed(0)).join(", ");
    const ratio = rates.map(({ rebuild, byHand }) => (rebuild / byHand).toFixed(2)).join(", ");
    return [
      `${sessions} sessions, ${(statSync(path).size / 1e6).toFixed(0)} MB; the records were planned at ${(sessions / seconds).toFixed(0)} events/s. Each reading ${samples} times.`,
      table(["reading, ms", "p50", "p99", "longest"], rows),
      table(
        [`${events} simulated events`, "events/s in each round"],
        [
          ["reading and parsing the log by hand", list("byHand")],
          ["routing with derivation, by the app", list("routing")],
          ["rebuild", list("rebuild")],
          ["rebuild × by hand", ratio],
        ],
      ),
    ].join("\n\n");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readAll(address: string, samples: number, say: (line: string) => void): Promise<string[][]> {
  const facts = await openFactStore(address);
  if (facts === undefined) throw new Error("The store has no derived tables");
  const rows: string[][] = [];
  for (const [name, read] of reads) {
    const times: number[] = [];
    for (let turn = 0; turn < samples; turn++) {
      const before = performance.now();
      await read(facts, turn);
      times.push(performance.now() - before);
    }
    times.sort((one, other) => one - other);
    const at = (part: number) =>
      (times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(1);
    rows.push([name, at(0.5), at(0.99), at(1)]);
    say(rows.at(-1)?.join("  ") ?? "");
  }
  await facts.close();
  return rows;
}
