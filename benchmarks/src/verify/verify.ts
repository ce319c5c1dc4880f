import { table } from "../report/table.ts";
import type { RoundOptions } from "./rounds.ts";
import { benchVerify } from "./verify-parse-validate.ts";

/** Verify, parse and validate one event, in this process: a table for each size. */
export function verifyTables(options: RoundOptions): string {
  const sizes = [1_000, 6_000, 60_000, 600_000].map((bytes) => {
    const { size, results } = benchVerify(bytes, options);
    const rows = results.map(({ name, median, min, max, ratio }) => [
      name,
      `${median.toFixed(1)} (${min.toFixed(1)}–${max.toFixed(1)})`,
      ratio.toFixed(2),
    ]);
    return `### Events of ${size} bytes\n\n${table(["", "µs an event", "× floor"], rows)}`;
  });
  return [`${options.rounds} rounds in alternation.`, ...sizes].join("\n\n");
}
