import { randomInt } from "node:crypto";
import { requireWrk, sendLoad } from "../load/load.ts";
import { type BodySize, writeRequests } from "../load/requests.ts";
import type { ServerProcess } from "../processes/server-process.ts";
import { table } from "../report/table.ts";
import { ratios, spread } from "../statistics.ts";
import { eventId } from "./ids.ts";

export interface IntakeOfStores {
  /** Path of the request file. */
  readonly path: string;
  readonly size: BodySize;
  readonly rounds: number;
  readonly seconds: number;
}

const connections = 64;
/** Highest expected number of messages per second. */
const mostPerSecond = 20_000;
/** Base of the event numbers, above those of any filled event; each call adds a random offset. */
const firstNumber = 1_000_000_000;

/** Measures intake into both stores in turn and returns a table; both stores grow a little. */
export async function measureIntake(
  servers: { readonly empty: ServerProcess; readonly stored: ServerProcess },
  { path, size, rounds, seconds }: IntakeOfStores,
): Promise<string> {
  const warmUp = 2;
  await requireWrk();
  const rates = { empty: [] as number[], stored: [] as number[] };
  const p99 = { empty: [] as number[], stored: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const base = firstNumber + randomInt(1e9);
    const count = mostPerSecond * (seconds + warmUp);
    const file = writeRequests(path, count, size, (i) => eventId(Date.now(), base + i));
    for (const side of ["empty", "stored"] as const) {
      const { url } = servers[side];
      const warm = await sendLoad(url, file, { connections, seconds: warmUp, skip: 0 });
      const skip = warm.requests + connections;
      const result = await sendLoad(url, file, { connections, seconds, skip });
      rates[side].push(result.perSecond);
      p99[side].push(result.p99);
    }
  }
  const row = (name: string, side: keyof typeof rates) => [
    name,
    spread(rates[side]),
    spread(ratios(rates[side], rates.empty), 2),
    spread(p99[side], 1),
  ];
  const head = [`intake, ${connections} connections`, "events/s", "× small store", "p99 ms"];
  const rows = [row("small store", "empty"), row("large store", "stored")];
  return `Load by wrk.\n\n${table(head, rows)}`;
}
