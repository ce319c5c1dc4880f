import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../paths.ts";
import { type Runtime, runtimeNames, scriptOn } from "../processes/contenders.ts";
import { table } from "../report/table.ts";
import { ratios, spread } from "../statistics.ts";

const libraries = ["standardwebhooks", "core"] as const;
const uses = { import: "import only", verify: "import, verify one event" } as const;
const scripts = [
  "import-nothing",
  ...Object.keys(uses).flatMap((use) => libraries.map((library) => `${use}-${library}`)),
];

/** Times whole processes, interleaved: an empty one, and those that import a library and perhaps verify one event. */
export function benchImports(runtimes: readonly Runtime[], rounds: number): string {
  const rows = runtimes.flatMap((runtime) => {
    const times = measure(runtime, rounds);
    if (times === undefined) return [];
    return Object.entries(uses).map(([use, name]) => {
      const [peer = [], core = []] = libraries.map((library) => times.get(`${use}-${library}`) ?? []);
      const empty = spread(times.get("import-nothing") ?? []);
      return [
        `${runtimeNames[runtime]}: ${name}`,
        empty,
        spread(peer),
        spread(core),
        spread(ratios(core, peer), 2),
      ];
    });
  });
  const head = ["whole process, ms", "empty", "standardwebhooks", "@sessionhook/core", "ratio"];
  return `${rounds} interleaved rounds: median (fastest–slowest).\n\n${table(head, rows)}`;
}

/** Returns the milliseconds of each script by its name; undefined where the platform lacks the runtime. */
function measure(runtime: Runtime, rounds: number): Map<string, number[]> | undefined {
  const times = new Map(scripts.map((name) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++)
    for (const [name, list] of times) {
      const command = scriptOn(runtime, join(root, "benchmarks", "src", "start", `${name}.mjs`));
      if (command === undefined) return undefined;
      const began = performance.now();
      const { status, stderr } = spawnSync(command.file, command.args);
      if (status !== 0) throw new Error(`${name} on ${runtime}: ${stderr}`);
      list.push(performance.now() - began);
    }
  return times;
}
