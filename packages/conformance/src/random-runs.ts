import process from "node:process";

const { bun, deno, node } = process.versions;
/** Node as in development: the tests of a store run once more on Bun, Deno and the oldest Node, whose drivers are others. */
const isFirstRuntime = bun === undefined && deno === undefined && Number.parseInt(node) >= 24;

/** Returns how many random sequences to try: all on the first runtime, a quarter on one that differs in its drivers only. */
export function randomRuns(all: number): number {
  return isFirstRuntime ? all : Math.ceil(all / 4);
}
