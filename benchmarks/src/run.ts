import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import { benchIntake } from "./intake/intake.ts";
import { benchCost } from "./cost/cost.ts";
import { benchDeliver } from "./deliver/deliver.ts";
import { benchFlat } from "./flat/flat.ts";
import { describeMachine } from "./machine.ts";
import type { BodySize } from "./load/requests.ts";
import { benchMemory } from "./memory/memory.ts";
import type { Runtime } from "./processes/contenders.ts";
import { writeSection } from "./report/document.ts";
import { benchImports } from "./start/imports.ts";
import { benchLambda } from "./start/lambda.ts";
import { benchStart } from "./start/start.ts";
import { verifyTables } from "./verify/verify.ts";
import { benchVisits } from "./visits/visits.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    runtime: { type: "string", multiple: true, default: ["node", "bun", "deno"] },
    connections: { type: "string" },
    rounds: { type: "string" },
    events: { type: "string" },
    base: { type: "string" },
    help: { type: "boolean", default: false },
  },
});
const { quick } = values;
const runtimes = values.runtime as Runtime[];
const connections = values.connections?.split(",").map(Number);
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Each benchmark returns its results as Markdown. */
const benchmarks: Record<string, () => Promise<string>> = {
  verify: () =>
    verifyTables(
      runtimes,
      [1_000, 6_000, 60_000, 600_000],
      quick ? { rounds: 3, roundMs: 60 } : { rounds: 11, roundMs: 250 },
      say,
    ),
  intake: () =>
    benchIntake(
      {
        connections: connections ?? (quick ? [64] : [1, 16, 64, 256]),
        rounds: Number(values.rounds ?? (quick ? 2 : 5)),
        seconds: quick ? 4 : 8,
        warmUpSeconds: 3,
        runtimes,
        size: "full",
        base: values.base,
      },
      say,
    ),
  flat: () => {
    const size = (events: number, size: BodySize) => ({ events, size });
    const all = quick ? [size(200_000, "full")] : [size(1_000_000, "full"), size(10_000_000, "small")];
    const sizes = values.events === undefined ? all : [size(Number(values.events), "full")];
    return benchFlat({ sizes, rounds: quick ? 2 : 3, seconds: 5, samples: 300 }, say);
  },
  deliver: () =>
    benchDeliver(
      {
        runtimes,
        rounds: Number(values.rounds ?? (quick ? 1 : 5)),
        seconds: quick ? 5 : 10,
        backlog: quick ? 5000 : 20_000,
      },
      say,
    ),
  visits: () =>
    benchVisits(
      {
        sessions: Number(values.events ?? (quick ? 50_000 : 1_000_000)),
        samples: quick ? 50 : 300,
        events: quick ? 5000 : 20_000,
        rounds: Number(values.rounds ?? (quick ? 1 : 3)),
      },
      say,
    ),
  start: () => benchStart(runtimes, quick ? 3 : 11, values.base),
  lambda: async () => benchLambda(),
  imports: async () => benchImports(runtimes, Number(values.rounds ?? (quick ? 20 : 60))),
  cost: () => benchCost(),
  memory: () => benchMemory(runtimes, quick ? 60_000 : 360_000, say),
};

if (values.help) {
  console.log(
    `npm run bench -- [${Object.keys(benchmarks).join(" | ")} …] [--quick: fewer and shorter rounds, does not write docs/] [--runtime node|bun|deno …] [--connections 1,64] [--rounds N] [--events N: events of flat, sessions of visits] [--base FOLDER: another built checkout, measured by intake and start, does not write docs/]`,
  );
  process.exit(0);
}
const chosen = positionals.length > 0 ? positionals : Object.keys(benchmarks);
const unknown = chosen.find((name) => benchmarks[name] === undefined);
if (unknown !== undefined) {
  console.error(`Unknown benchmark "${unknown}". Choose from: ${Object.keys(benchmarks).join(", ")}`);
  process.exit(2);
}
const machine = describeMachine(tmpdir());
console.log(machine);
for (const name of chosen) {
  const results = await benchmarks[name]?.();
  if (results === undefined) continue;
  console.log(`\n## ${name}\n\n${results}`);
  if (!quick && values.base === undefined)
    writeSection(name, `Measured ${new Date().toISOString().slice(0, 10)} on ${machine}.\n\n${results}`);
}
