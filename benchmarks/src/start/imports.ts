import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../paths.ts";
import { type Runtime, scriptOn } from "../processes/contenders.ts";
import { table } from "../report/table.ts";
import { ratios, spread } from "../statistics.ts";

const scripts = ["import-nothing", "import-standardwebhooks", "import-core"];

/** Times whole processes, interleaved: an empty one, and those that import a library and verify one event. */
export function benchImports(runtimes: readonly Runtime[], rounds: number): string {
  const rows = runtimes.flatMap((runtime) => {
    const times = measure(runtime, rounds);
    if (times === undefined) return [];
    const [nothing = [], peer = [], core = []] = times;
    return [[runtime, spread(nothing), spread(peer), spread(core), spread(ratios(core, peer), 2)]];
  });
  const head = [
    "whole process, ms",
    "empty",
    "standardwebhooks",
    "@sessionhook/core",
    "core ÷ standardwebhooks",
  ];
  return `${rounds} interleaved rounds; the ratio is the median over the rounds.\n\n${table(head, rows)}`;
}

/** Returns the milliseconds of each script, one list a script; undefined where the platform lacks the runtime. */
function measure(runtime: Runtime, rounds: number): number[][] | undefined {
  const folder = join(root, "benchmarks", "src", "start");
  const commands = scripts.flatMap((name) => scriptOn(runtime, join(folder, `${name}.mjs`)) ?? []);
  if (commands.length === 0) return undefined;
  const times = commands.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++)
    commands.forEach(({ file, args }, i) => {
      const began = performance.now();
      const { status, stderr } = spawnSync(file, args);
      if (status !== 0) throw new Error(`${scripts[i]} on ${runtime}: ${stderr}`);
      times[i]?.push(performance.now() - began);
    });
  return times;
}
