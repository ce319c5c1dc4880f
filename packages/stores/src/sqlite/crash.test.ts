import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { batchOf, bodyOf } from "../../test/batch.js";
import { startChild } from "../../test/child.js";
import { openSqliteStore } from "../sqlite.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sessionhook-crash-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the writer until it has acknowledged `count` batches, kills it, and returns the acknowledged ones. */
async function killAfter(count: number, path: string, round: string): Promise<number[]> {
  const child = startChild("./append-for-ever.ts", path, round);
  const acknowledged: number[] = [];
  child.lines.on("line", (line) => {
    acknowledged.push(Number(line));
    if (acknowledged.length === count) child.process.kill("SIGKILL");
  });
  await new Promise((resolve) => child.process.once("close", resolve));
  await child.kill();
  return acknowledged;
}

test(
  "no acknowledged event is lost or stored twice when the process is killed",
  { timeout: 120_000 },
  async () => {
    const path = join(folder, "events.db");
    const expected: string[] = [];
    for (const [index, count] of [1, 7, 40, 150, 400].entries()) {
      const round = `r${index}`;
      const acknowledged = await killAfter(count, path, round);
      expect(acknowledged.length).toBeGreaterThanOrEqual(count);
      const store = await openSqliteStore({ path });
      // The batch that was being written at the kill may be stored, completely, without having been acknowledged.
      const next = batchOf(round, acknowledged.length);
      const [first] = next;
      const wasStored = first !== undefined && (await store.get(first.id)) !== undefined;
      expected.push(...acknowledged.flatMap((number) => batchOf(round, number)).map(({ id }) => id));
      if (wasStored) expected.push(...next.map(({ id }) => id));

      const found: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.list({ limit: 500, cursor });
        for (const { id, version, duplicates } of page.events) {
          expect({ version, duplicates }).toEqual({ version: 1, duplicates: 0 });
          found.push(id);
        }
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(found.toReversed()).toEqual(expected);
      for (const id of expected.slice(-200))
        expect(Buffer.compare((await store.get(id))?.raw ?? Buffer.of(), bodyOf(id))).toBe(0);
      const stats = await store.stats();
      expect(stats.accepted + stats.quarantined).toBe(expected.length);
      await store.close();
    }
  },
);
