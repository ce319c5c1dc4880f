import type { LoadResult } from "../load/load.ts";
import type { Contender } from "../processes/contenders.ts";
import { table } from "../report/table.ts";
import { ratios, spread } from "../statistics.ts";

/** The results of one server, one per round. */
export interface Series {
  readonly contender: Contender;
  readonly results: LoadResult[];
  /** Processor time of the server in microseconds per request. */
  readonly cpu: number[];
}

/** Formats throughput, its ratio to the same runtime's baseline and to the hand-written server, latency and processor time. */
export function intakeTable(series: readonly Series[]): string {
  const rates = (one: Series | undefined) => one?.results.map(({ perSecond }) => perSecond) ?? [];
  const byHand = series.find(({ contender }) => contender.kind === "by hand");
  const rows = series.map((one) => {
    const floor = series.find(
      ({ contender }) => contender.kind === "floor" && contender.runtime === one.contender.runtime,
    );
    const latency = (of: "p50" | "p99" | "p999") =>
      spread(
        one.results.map((result) => result[of]),
        1,
      );
    return [
      one.contender.name,
      spread(rates(one)),
      spread(ratios(rates(one), rates(floor)), 2),
      byHand === undefined ? "" : spread(ratios(rates(one), rates(byHand)), 1),
      latency("p50"),
      latency("p99"),
      latency("p999"),
      spread(one.cpu),
    ];
  });
  const head = ["", "events/s", "× baseline", "× hand-written", "p50 ms", "p99 ms", "p99.9 ms", "CPU µs"];
  return table(head, rows);
}
