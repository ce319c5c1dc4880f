import type { App } from "./apps.ts";
import type { Scenario } from "./scenario.ts";

/** One run of a scenario. */
export interface Run {
  readonly scenario: Scenario;
  readonly app: App;
}

/** Runs beside each other: a scenario mostly waits. */
const atOnce = 4;

/** Returns the runs of the scenarios on each runtime they run on. */
export function plan(scenarios: readonly Scenario[], apps: readonly App[]): readonly Run[] {
  return scenarios.flatMap((scenario) => {
    const on = apps.filter(({ runtime }) => scenario.runtimes?.includes(runtime) ?? true);
    return on.slice(0, scenario.once === true ? 1 : on.length).map((app) => ({ scenario, app }));
  });
}

/**
 * Runs several at the same time, and afterwards one by one those beside which nothing else may run.
 * @param alone resolves once nothing else runs on the machine
 */
export async function runAll(
  runs: readonly Run[],
  run: (run: Run) => Promise<void>,
  alone: () => Promise<void>,
): Promise<void> {
  const queue = runs.filter(({ scenario }) => scenario.alone !== true).values();
  const lanes = Array.from({ length: atOnce }, async () => {
    for (const next of queue) await run(next);
  });
  await Promise.all(lanes);
  await alone();
  for (const next of runs.filter(({ scenario }) => scenario.alone === true)) await run(next);
}
