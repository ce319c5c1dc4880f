import { median } from "@sessionhook/testkit";
import { requireWrk } from "../load/load.ts";
import { type Runtime, runtimeFile, runtimeNames } from "../processes/contenders.ts";
import { table } from "../report/table.ts";
import { ratios, spread } from "../statistics.ts";
import { measureAfterKill } from "./after-kill.ts";
import { measureDrain } from "./drain.ts";
import { measureIntake } from "./intake-beside.ts";
import { type Latency, measureLatency } from "./latency.ts";
import { measureOutage } from "./outage.ts";

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
  const kills: string[][] = [];
  const drains: string[][] = [];
  const outages: string[][] = [];
  const intakes: string[][] = [];
  for (const runtime of there) {
    const name = runtimeNames[runtime];
    const byHand =
      runtime === "node"
        ? ([
            ["by hand", 200, false],
            ["by hand", 1000, false],
          ] as const)
        : [];
    const variants = [
      [runtime, 200, false],
      [runtime, 200, true],
      [runtime, 1000, false],
      ...byHand,
    ] as const;
    const measured = variants.map((): Latency[] => []);
    // Interleaved, so that noise affects all equally.
    for (let round = 0; round < rounds; round++)
      for (const [i, [server, rate, dead]] of variants.entries())
        measured[i]?.push(await measureLatency(server, rate, seconds, dead));
    for (const [i, [server, rate, dead]] of variants.entries()) {
      const own = measured[i] ?? [];
      const column = (key: keyof Latency, digits = 1) =>
        spread(
          own.map((one) => one[key]),
          digits,
        );
      const alone = (measured[0] ?? []).map(({ p95 }) => p95);
      const ratio = dead
        ? spread(
            ratios(
              own.map(({ p95 }) => p95),
              alone,
            ),
            2,
          )
        : "";
      const title = `${server === "by hand" ? "Express, better-sqlite3 and fetch" : name}: ${rate}/s${dead ? ", beside a destination that hangs" : ""}`;
      latencies.push([title, column("p50"), column("p95"), ratio, column("p99"), column("cpu", 2)]);
      say(latencies.at(-1)?.join("  ") ?? "");
    }
    const after: number[] = [];
    for (let round = 0; round < rounds; round++) after.push(await measureAfterKill(runtime));
    kills.push([name, spread(after, 0)]);
    say(kills.at(-1)?.join("  ") ?? "");
    const drain = await measureDrain(runtime, backlog);
    drains.push([name, drain.perSecond.toFixed(0), drain.firstArrival.toFixed(0)]);
    say(drains.at(-1)?.join("  ") ?? "");
    const outage = await measureOutage(runtime, backlog / 2);
    const { whileFailing, first, firstTen, most, perSecond } = outage;
    outages.push([name, ...[whileFailing, first, firstTen, most].map(String), perSecond.toFixed(0)]);
    say(outages.at(-1)?.join("  ") ?? "");
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
    table(
      ["from due to arrival, ms", "p50", "p95", "p95 × alone", "p99", "CPU s per 1,000 events"],
      latencies,
    ),
    table(["kill -9 with deliveries under way", "all arrived, ms after the start"], kills),
    table(["backlog", "events/s", "first arrival after resume, ms"], drains),
    table(
      [
        `${backlog / 2} events due after an outage`,
        "requests while it failed",
        "at once: first",
        "of the first 10",
        "at most (limit 32)",
        "events/s",
      ],
      outages,
    ),
    table(["intake beside five destinations", "events/s", "× alone", "p99 × alone"], intakes),
  ].join("\n\n");
}
