import { median } from "@sessionhook/testkit";
import { requireWrk } from "../load/load.ts";
import { type Runtime, runtimeFile, runtimeNames } from "../processes/contenders.ts";
import { table } from "../report/table.ts";
import { spread } from "../statistics.ts";
import { measureDrain } from "./drain.ts";
import { measureIntake } from "./intake-beside.ts";
import { type Latency, measureLatency } from "./latency.ts";

export interface DeliverOptions {
  readonly runtimes: readonly Runtime[];
  readonly rounds: number;
  readonly seconds: number;
  /** Events of the backlog. */
  readonly backlog: number;
}

/** Measures how fast events reach a local HTTP server, and what that costs intake. Returns the tables. */
export async function benchDeliver(
  { runtimes, rounds, seconds, backlog }: DeliverOptions,
  say: (line: string) => void,
): Promise<string> {
  await requireWrk();
  const there = runtimes.filter((runtime) => runtimeFile(runtime) !== undefined);
  const latencies: string[][] = [];
  const drains: string[][] = [];
  const intakes: string[][] = [];
  for (const runtime of there) {
    const name = runtimeNames[runtime];
    for (const [what, rate, dead] of [
      ["200/s", 200, false],
      ["200/s, beside a destination that hangs", 200, true],
      ["1,000/s", 1000, false],
    ] as const) {
      const measured: Latency[] = [];
      for (let round = 0; round < rounds; round++)
        measured.push(await measureLatency(runtime, rate, seconds, dead));
      const column = (key: keyof Latency, digits = 1) =>
        spread(
          measured.map((one) => one[key]),
          digits,
        );
      latencies.push([`${name}: ${what}`, column("p50"), column("p95"), column("p99"), column("cpu", 2)]);
      say(latencies.at(-1)?.join("  ") ?? "");
    }
    const drain = await measureDrain(runtime, backlog);
    drains.push([name, drain.perSecond.toFixed(0), drain.firstArrival.toFixed(0)]);
    say(drains.at(-1)?.join("  ") ?? "");
    const { alone, beside } = await measureIntake(runtime, rounds, seconds);
    const ratio = (key: "perSecond" | "p99") =>
      spread(
        beside.map((one, i) => one[key] / (alone[i]?.[key] ?? NaN)),
        2,
      );
    const rate = median(beside.map((one) => one.perSecond));
    intakes.push([name, rate.toFixed(0), ratio("perSecond"), ratio("p99")]);
    say(intakes.at(-1)?.join("  ") ?? "");
  }
  return [
    `${rounds} rounds of ${seconds} s; a backlog of ${backlog} events; intake with 64 connections.`,
    table(["from due to arrival, ms", "p50", "p95", "p99", "CPU s per 1,000 events"], latencies),
    table(["backlog", "events/s", "first arrival after resume, ms"], drains),
    table(
      ["intake beside a healthy, a hanging and a failing destination", "events/s", "× alone", "p99 × alone"],
      intakes,
    ),
  ].join("\n\n");
}
