import { parseArgs } from "node:util";
import { findApps } from "./apps.ts";
import { plan, type Run, runAll } from "./plan.ts";
import { report } from "./report.ts";
import { scenarios } from "./scenarios.ts";
import { ended } from "./wait.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "0" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    only: { type: "string" },
    runtime: { type: "string" },
    beside: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(
    "npm run torture -- [--minutes N: repeat until then, with other seeds] [--seed N] [--only part-of-a-name] [--runtime node|bun|deno] [--beside pid: wait for its end before what runs alone]",
  );
  process.exit(0);
}

const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes >= 0) || !Number.isSafeInteger(seed)) {
  console.error("--minutes takes a number of 0 or more, --seed a whole number");
  process.exit(2);
}
const apps = findApps().filter(({ runtime }) => runtime === (values.runtime ?? runtime));
const chosen = scenarios.filter(({ name }) => name.includes(values.only ?? ""));
if (apps.length === 0 || chosen.length === 0) {
  console.error(`no ${apps.length === 0 ? "app" : "scenario"} of this name`);
  process.exit(2);
}

const deadline = performance.now() + minutes * 60_000;
console.log(`torture: seed ${seed}, apps ${apps.map(({ runtime }) => runtime).join(", ")}`);
const failures: (readonly string[])[] = [];
let runs = 0;
let round = 0;
do {
  const roundSeed = seed + round;
  const isOver = () => roundSeed > seed && performance.now() > deadline;
  const run = async ({ scenario, app }: Run) => {
    if (isOver()) return;
    const lines = await report(scenario, app, roundSeed);
    runs++;
    if (lines.length > 0) failures.push(lines);
  };
  await runAll(plan(chosen, apps), run, () => ended(values.beside));
  round++;
} while (performance.now() < deadline);
if (runs === 0) {
  console.error(`no scenario of this name runs on ${values.runtime}`);
  process.exit(2);
}
if (failures.length === 0) {
  console.log("torture: nothing lost");
  process.exit(0);
}
// Once more at the end, where they are found: of a long output often only the end is shown.
console.log(`torture: ${failures.length} failed (seed ${seed}):\n${failures.flat().join("\n")}`);
process.exit(1);
