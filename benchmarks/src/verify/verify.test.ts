import process from "node:process";
import { describe, expect, test } from "vitest";
import { type Runtime, runtimeFile } from "../processes/contenders.ts";
import { verifyTables } from "./verify.ts";

describe.each<Runtime>(["node", "bun", "deno"])("verify on %s", (runtime) => {
  const missing = runtimeFile(runtime) === undefined && process.env["REQUIRE_RUNTIMES"] !== "1";

  test.skipIf(missing)(
    `measures every contender at each size${missing ? ` (skipped: ${runtime} is not installed)` : ""}`,
    async () => {
      const said: string[] = [];
      const options = { rounds: 1, roundMs: 1 };
      const tables = await verifyTables([runtime], [1_000, 6_000], options, (line) => said.push(line));
      expect(said).toHaveLength(2);
      expect(tables.match(/^### Events of \d+ bytes$/gm)).toHaveLength(2);
      expect(tables.match(/^\| .*\d+\.\d \(\d+\.\d–\d+\.\d\) \| +\d+\.\d\d \|$/gm)).toHaveLength(2 * 9);
    },
    60_000,
  );
});
