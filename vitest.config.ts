import process from "node:process";
import { defineConfig } from "vitest/config";

const runtime = process.versions["bun"] === undefined ? [] : ["bun"];

/** One run for the whole workspace; the `source` condition resolves every package to its TypeScript. */
export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", ...runtime, "node"] } },
  test: {
    include: [
      "packages/*/{src,test,packed}/**/*.test.{ts,tsx}",
      "apps/*/{src,test}/**/*.test.ts",
      "scripts/**/*.test.ts",
      "consumers/harness/**/*.test.ts",
      "{benchmarks,torture}/src/**/*.test.ts",
    ],
    // For what hangs; nothing here is timed.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    reporters: ["default"],
  },
});
