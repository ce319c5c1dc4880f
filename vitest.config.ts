import { availableParallelism } from "node:os";
import process from "node:process";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const { bun, deno } = process.versions;
const runtime = bun === undefined ? [] : ["bun"];
/** The long files wait for processes, timeouts and disks for two thirds of their time. Bun and Deno run under one of these workers. */
const workers = bun === undefined && deno === undefined ? 2 * availableParallelism() : 1;

/** They run the command line as processes, thousands of times. */
const commandLine = "apps/cli/test/**/*.test.ts";

const all = [
  "packages/*/{src,test,packed}/**/*.test.{ts,tsx}",
  "apps/*/{src,test}/**/*.test.ts",
  "scripts/**/*.test.ts",
  "consumers/harness/**/*.test.ts",
  "{benchmarks,torture}/src/**/*.test.ts",
];

/** Files that measure times or rates, or whose threads must answer in time: nothing runs beside them. */
const timed = [
  "apps/*/test/after-a-kill.e2e.test.ts",
  "benchmarks/src/**/*.test.ts",
  "packages/core/src/facts/{hostile,user-agent}.test.ts",
  "packages/delivery/src/filter/like.test.ts",
  "packages/destinations/src/http/hostile-peers.test.ts",
  "packages/destinations/src/mask/excerpt.test.ts",
  "packages/inbox/src/components/visible-text.test.ts",
  "packages/server/src/delivery/*.test.ts",
  "packages/stores/src/sqlite/{checkpoint,faults}.test.ts",
];

/** Starts the tests of whole apps first: they take longest, and would otherwise be left at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => /\.e2e\.test\.|browser\.test\./.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** One run for the whole workspace; the `@sessionhook/source` condition resolves every package to its TypeScript. */
export default defineConfig({
  resolve: { conditions: ["@sessionhook/source"] },
  ssr: { resolve: { conditions: ["@sessionhook/source", ...runtime, "node"] } },
  test: {
    // For what hangs; only the files of `timed` measure times.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: ["default"],
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: all,
          exclude: ["**/node_modules/**", commandLine, ...timed],
          maxWorkers: workers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "command line",
          include: [commandLine],
          globalSetup: "apps/cli/test/bundle-cli.ts",
          maxWorkers: workers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: "timed", include: timed, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
