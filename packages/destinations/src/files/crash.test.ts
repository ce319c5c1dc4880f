import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { deliveryItem, noDeadline } from "@sessionhook/conformance/destination-suite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readFiles } from "../../test/read-files.js";
import { drivers } from "../registry.js";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sessionhook-crash-"));
});
afterEach(() => rm(folder, { recursive: true }));

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Starts a process that sends for ever; resolves with the delivered batches when it was killed after `count`. */
async function killAfter(count: number, round: string): Promise<string[]> {
  // The flags are Node's, so the child runs on Node under every runtime.
  const node = "bun" in process.versions || "deno" in process.versions ? "node" : process.execPath;
  const hooks = here("../../../stores/test/source-hooks.ts");
  const args = [
    "--conditions=@sessionhook/source",
    "--import",
    hooks,
    here("../../test/append-for-ever.ts"),
    folder,
    round,
  ];
  const child = spawn(node, args, { stdio: ["ignore", "pipe", "inherit"] });
  const delivered: string[] = [];
  const lines = createInterface(child.stdout);
  lines.on("line", (line) => {
    delivered.push(line);
    if (delivered.length === count) child.kill("SIGKILL");
  });
  await new Promise((resolve) => child.once("close", resolve));
  return delivered;
}

test(
  "everything delivered is in complete files after processes were killed",
  { timeout: 120_000 },
  async () => {
    const expected: string[] = [];
    // Two at a time, in the same folder.
    for (const counts of [
      [1, 40],
      [7, 13],
      [120, 25],
    ]) {
      const rounds = counts.map((count, index) => ({ count, round: `r${count}x${index}` }));
      const delivered = await Promise.all(rounds.map(({ count, round }) => killAfter(count, round)));
      for (const [index, batches] of delivered.entries()) {
        expect(batches.length).toBeGreaterThanOrEqual(counts[index] ?? 0);
        for (const batch of batches) {
          expect(batch).toMatch(/^\d+$/);
          for (let i = 0; i < 10; i += 1) expected.push(`${rounds[index]?.round}-${batch}-${i}`);
        }
      }
      // Complete files are whole at every moment: readFiles throws for a torn one.
      await readFiles(folder);
    }
    const destination = await drivers.files.create(
      { path: folder },
      { name: "archive", folder: "/", now: Date.now },
    );
    expect(await destination.send([deliveryItem()], noDeadline)).toEqual([{ outcome: "delivered" }]);
    await destination.close();
    const found = (await readFiles(folder)).map(({ id }) => String(id));
    expect(new Set(found).size).toBe(found.length);
    expect(expected.filter((id) => !found.includes(id))).toEqual([]);
    expect((await readdir(folder)).filter((name) => name.endsWith(".part"))).toEqual([]);
  },
);
