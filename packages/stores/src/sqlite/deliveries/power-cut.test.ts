import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { eventWith, useFolder } from "../../../test/folder.js";
import { leave } from "../../../test/power-cut.js";
import {
  type Action,
  deliverAll,
  destinations,
  PowerCutMachine,
  routeAll,
} from "../../../test/power-cut-machine.js";
import { openSqliteDeliveryStore, openSqliteStore } from "../../sqlite.js";

const inFolder = useFolder();
const later = 1_772_000_000_000;
let files = 0;

/** Cuts the power at every moment since the last sync, and checks what the next process finds. */
async function checkCuts(machine: PowerCutMachine): Promise<number> {
  const { image, cuts } = machine.image();
  for (const cut of cuts) {
    const path = inFolder(`${files++}.db`);
    leave(path, image, cut);
    await checkPromises(path, machine);
  }
  return cuts.length;
}

async function checkPromises(path: string, machine: PowerCutMachine): Promise<void> {
  const events = await openSqliteStore({ path });
  const deliveries = await openSqliteDeliveryStore({ path });
  const acknowledged = [...machine.acknowledged];
  const there: string[] = [];
  for (const id of acknowledged) if ((await events.get(id)) !== undefined) there.push(id);
  expect(acknowledged.filter((id) => !there.includes(id) && !machine.pruned.has(id))).toEqual([]);
  const [crm] = await deliveries.destinations();
  expect(crm?.state.status).toBe(machine.paused ? "paused" : "ready");
  for (const id of machine.cancelled) expect((await deliveries.replay(id))?.state).toBe("cancelled");

  await deliveries.register(destinations, later);
  await routeAll(deliveries, later);
  await deliverAll(deliveries, later);
  for (const { open } of await deliveries.counts(later)) expect(open).toBe(0);
  for (const id of there)
    for (const destination of destinations) {
      const page = await deliveries.list({ event: id, destination, limit: 500 });
      const live = page.deliveries.filter(({ replay }) => replay === null);
      expect(live.map(({ state }) => state)).toEqual([
        expect.stringMatching(/^(?:delivered|dead|skipped)$/) as string,
      ]);
      const pair = `${id} ${destination}`;
      if (live[0]?.state === "delivered" || !machine.delivered.has(pair)) continue;
      // It was a dead letter that was sent again on purpose.
      expect(live[0]?.attempts).toBeGreaterThan(0);
    }
  const again = acknowledged.map((id, index) =>
    eventWith(id, index % 3 === 2 ? { status: "quarantined" } : {}),
  );
  expect(new Set(await events.append(again))).toEqual(new Set(["duplicate"]));
  expect(await deliveries.lag()).toBe(0);
  await deliveries.close();
  await events.close();
}

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("append"), count: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 4, arbitrary: fc.constant({ do: "route" }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("checkpoint", "recheck", "requeue", "pause", "replay", "cancel", "prune"),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("deliver"),
      destination: fc.constantFrom(...destinations),
      limit: fc.integer({ min: 1, max: 8 }),
      to: fc.constantFrom("delivered", "waiting", "dead", "none"),
    }),
  },
) as fc.Arbitrary<Action>;

test(
  "a power cut at any commit since the last sync loses and doubles nothing",
  { timeout: 60_000 },
  async () => {
    const machine = await PowerCutMachine.open(inFolder("machine.db"));
    let cuts = 0;
    const deliver = (destination: string, to: "delivered" | "waiting" | "dead" | "none"): Action => ({
      do: "deliver",
      destination,
      limit: 4,
      to,
    });
    for (const each of [
      { do: "append", count: 5 },
      { do: "route" },
      deliver("crm", "delivered"),
      deliver("files", "none"),
      { do: "append", count: 3 },
      { do: "route" },
      deliver("crm", "dead"),
      deliver("crm", "waiting"),
      { do: "prune" },
      { do: "checkpoint" },
      deliver("files", "delivered"),
      { do: "requeue" },
      deliver("crm", "delivered"),
      { do: "replay" },
      { do: "append", count: 1 },
      { do: "cancel" },
      { do: "pause" },
      deliver("files", "delivered"),
      { do: "prune" },
      { do: "recheck" },
      { do: "route" },
    ] as const satisfies readonly Action[]) {
      await machine.do(each);
      cuts += await checkCuts(machine);
    }
    await machine.close();
    expect(cuts).toBeGreaterThan(40);
  },
);

test("what an operator was answered is synced, and what a destination answered is not", async () => {
  const path = inFolder("operator.db");
  const events = await openSqliteStore({ path });
  const deliveries = await openSqliteDeliveryStore({ path });
  await deliveries.register(destinations, later);
  await events.append([eventWith("evt_1")]);
  await routeAll(deliveries, later);
  const exec = vi.spyOn(DatabaseSync.prototype, "exec");
  const isSynced = async (work: () => Promise<unknown>) => {
    exec.mockClear();
    await work();
    const calls = exec.mock.calls.map(([sql]) => sql);
    expect(calls).toContain("COMMIT");
    const synced = calls.findLast((sql, at) => sql.includes("synchronous") && at < calls.indexOf("COMMIT"));
    // Whatever follows waits for no sync again.
    if (synced !== undefined) expect(calls.at(-1)).toBe("PRAGMA synchronous = NORMAL");
    return synced === "PRAGMA synchronous = FULL";
  };
  const query = { destination: "crm", class: "new", limit: 1, leaseMs: 1, owner: "one", now: later } as const;
  expect(await isSynced(() => deliveries.claim(query))).toBe(false);
  const [{ id = "" } = {}] = (await deliveries.list({ limit: 1 })).deliveries;
  expect(await isSynced(() => deliveries.requeue(id, later))).toBe(true);
  const save = async (status: "ready" | "paused" | "cooling") => {
    const row = (await deliveries.destinations()).find(({ name }) => name === "crm");
    if (row !== undefined) await deliveries.saveDestination("crm", { ...row.state, status }, row.version);
  };
  const synced = [];
  for (const status of ["cooling", "paused", "ready", "ready"] as const)
    synced.push(await isSynced(() => save(status)));
  expect(synced).toEqual([false, true, true, false]);
  const spec = { destinations: ["crm"], kind: "all", rate: 1 } as const;
  expect(await isSynced(() => deliveries.createReplay(spec, later))).toBe(true);
  const [replay] = (await deliveries.replays({ limit: 1 })).replays;
  expect(await isSynced(() => deliveries.cancelReplay(replay?.id ?? "", later))).toBe(true);
  exec.mockRestore();
  await deliveries.close();
  await events.close();
});

test("so does one after any actions", { timeout: 120_000 }, async () => {
  let cuts = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 25, size: "max" }), async (actions) => {
      const machine = await PowerCutMachine.open(inFolder(`machine-${files++}.db`));
      try {
        for (const each of actions) await machine.do(each);
        cuts += await checkCuts(machine);
      } finally {
        await machine.close();
      }
    }),
    { numRuns: 30 },
  );
  expect(cuts).toBeGreaterThan(30);
});
