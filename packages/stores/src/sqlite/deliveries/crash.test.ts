import { expect, test } from "vitest";
import { startChild } from "../../../test/child.js";
import { useFolder } from "../../../test/folder.js";
import { openSqliteDeliveryStore, openSqliteStore } from "../../sqlite.js";

const inFolder = useFolder();

interface Printed {
  readonly appended: string[];
  readonly settled: string[];
}

/** Runs processes on one database; each is killed when it has printed a number of lines. */
async function killAfter(path: string, owners: readonly string[], lines: number): Promise<Printed> {
  const printed: Printed = { appended: [], settled: [] };
  const children = owners.map(async (owner, index) => {
    const child = startChild("./deliver-for-ever.ts", path, owner, "20");
    let left = lines + 37 * index;
    child.lines.on("line", (line) => {
      (line.startsWith("+") ? printed.appended : printed.settled).push(line.slice(2));
      if (--left === 0) child.process.kill("SIGKILL");
    });
    await new Promise((resolve) => child.process.once("close", resolve));
    await child.kill();
  });
  await Promise.all(children);
  return printed;
}

test(
  "two processes that are killed again and again settle every acknowledged event, each once",
  { timeout: 120_000 },
  async () => {
    const path = inFolder("events.db");
    const appended: string[] = [];
    const settled: string[] = [];
    for (const [round, lines] of [20, 150, 333].entries()) {
      const printed = await killAfter(path, [`a${round}`, `b${round}`], lines);
      appended.push(...printed.appended);
      settled.push(...printed.settled);
    }
    const events = await openSqliteStore({ path });
    const deliveries = await openSqliteDeliveryStore({ path });
    const { accepted } = await events.stats();
    expect(accepted).toBeGreaterThanOrEqual(appended.length);

    // What the last ones left is routed and claimed now: no lease outlives its time.
    const now = Date.now() + 1000;
    for (;;) {
      const { events: unrouted, token } = await deliveries.unrouted(100);
      if (unrouted.length === 0) break;
      const waiting = { destination: "crm", state: "waiting", reason: null, dueAt: 0, heldMs: 0 } as const;
      const decisions = unrouted.map(({ id }) => ({ eventId: id, facts: undefined, deliveries: [waiting] }));
      expect(await deliveries.plan(token, decisions, now)).toBe(true);
    }
    const left: string[] = [];
    for (const kind of ["new", "retry"] as const)
      for (;;) {
        const query = { destination: "crm", class: kind, limit: 100, leaseMs: 60_000, owner: "last", now };
        const claimed = await deliveries.claim(query);
        if (claimed.length === 0) break;
        left.push(...claimed.map(({ eventId }) => eventId));
      }
    const [counts] = await deliveries.counts(now);
    expect(counts?.open).toBe(left.length);
    expect((counts?.delivered ?? 0) + left.length).toBe(accepted);
    // A process that died between the commit and printing has settled more than it printed.
    expect(new Set(settled).size).toBe(settled.length);
    expect(counts?.delivered).toBeGreaterThanOrEqual(settled.length);
    expect(settled.filter((id) => left.includes(id))).toEqual([]);
    for (const id of appended)
      expect((await deliveries.list({ event: id, limit: 5 })).deliveries).toHaveLength(1);
    await deliveries.close();
    await events.close();
  },
);
