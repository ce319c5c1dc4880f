import type { App } from "./apps.ts";
import { CannotRun, type Scenario, Torture } from "./scenario.ts";

/**
 * Runs a scenario and prints its line and its problems. Returns those lines if a check failed, or if it had to run and
 * could not, else none.
 */
export async function report(scenario: Scenario, app: App, seed: number): Promise<readonly string[]> {
  const began = performance.now();
  const title = scenario.once === true ? scenario.name : `${scenario.name} (${app.runtime})`;
  const torture = new Torture(app, seed);
  let did = "";
  let skipped: string | undefined;
  try {
    did = await scenario.run(torture);
  } catch (error) {
    if (error instanceof CannotRun) skipped = error.message;
    else torture.problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  await torture.cleanUp();
  const seconds = `${((performance.now() - began) / 1000).toFixed(1)} s`;
  if (skipped !== undefined && torture.problems.length === 0) {
    const required = process.env["REQUIRE_TORTURE"] === "1";
    const line = `${required ? "✗" : "-"} ${title}: did not run: ${skipped}`;
    console.log(line);
    return required ? [line] : [];
  }
  const held = torture.problems.length === 0;
  const lines = [
    `${held ? "✓" : "✗"} ${title}: ${[did, counts(torture), seconds].filter(Boolean).join("; ")}`,
    ...torture.problems.slice(0, 10).map((problem) => `    ${problem}`),
  ];
  console.log(lines.join("\n"));
  return held ? [] : lines;
}

function counts({ audited }: Torture): string {
  if (audited === undefined) return "";
  const { acknowledged, found, lost, doubled, wrongBytes } = audited;
  return `acknowledged ${acknowledged}, found ${found}, lost ${lost}, doubled ${doubled}, wrong bytes ${wrongBytes}`;
}
