import type { Delivery, DeliveryFilter, DeliveryState } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvents } from "../event-log/events.js";
import { type DeliveryStoreHarness, type Stores, useStores } from "./harness.js";
import { claim, finishAll, listAll, planned, route, settlement, start } from "./steps.js";

const states: readonly DeliveryState[] = ["waiting", "delivering", "delivered", "skipped", "dead"];

/** Creates deliveries of every state to two destinations, live and of a replay. Returns the id of the replay. */
async function fill({ events, deliveries }: Stores): Promise<string> {
  await deliveries.register(["crm", "slack", "unused"], start);
  await events.append(newEvents(12));
  const skipped = { state: "skipped", reason: { code: "filter" } } as const;
  await route(deliveries, (id) => [planned("crm", id === "evt_0" ? skipped : {}), planned("slack")]);
  const [one, two] = await claim(deliveries, { limit: 6 });
  if (one === undefined || two === undefined) throw new Error("Too few were claimed");
  await deliveries.settle([
    settlement(one, { state: "delivered" }),
    settlement(two, { state: "waiting", dueAt: start, used: true }),
  ]);
  await finishAll(deliveries, "dead", { destination: "slack" });
  const spec = { destinations: ["crm", "slack"], kind: "all", rate: 1 } as const;
  const { id } = await deliveries.createReplay(spec, start);
  const both = ["evt_3", "evt_4", "evt_5"].flatMap((eventId) =>
    spec.destinations.map((name) => ({ eventId, facts: undefined, planned: planned(name) })),
  );
  await deliveries.planReplay({ id, from: null, to: "x", done: true, deliveries: both, now: start });
  await claim(deliveries, { class: "replay", limit: 1 });
  await finishAll(deliveries, "delivered", { class: "replay", destination: "slack" });
  return id;
}

export function describeLists(harness: DeliveryStoreHarness): void {
  describe("lists", () => {
    const current = useStores(harness);

    test("deliveries by every combination of filters, over pages of any size", async () => {
      const replay = await fill(current);
      const all = await listAll(current.deliveries);
      expect(all).toHaveLength(30);
      expect(new Set(all.map(({ id }) => id)).size).toBe(30);
      const found = new Set<DeliveryState>();
      for (const destination of [undefined, "crm", "slack", "unused", "unknown"])
        for (const state of [undefined, ...states])
          for (const event of [undefined, "evt_0", "evt_3", "evt_99"])
            for (const replayed of [undefined, replay, "none"]) {
              const filter = { destination, state, event, replay: replayed };
              const expected = all.filter((each) => fits(each, filter));
              if (expected.length > 0 && state !== undefined) found.add(state);
              for (const limit of [2, 500])
                expect(await listAll(current.deliveries, filter, limit)).toEqual(expected);
            }
      expect([...found].sort()).toEqual([...states].sort());
    });

    test("each delivery as `get` returns it", async () => {
      await fill(current);
      for (const delivery of await listAll(current.deliveries))
        expect(await current.deliveries.get(delivery.id)).toEqual(delivery);
    });

    test("the newest first, each once, although some end meanwhile", async () => {
      await current.deliveries.register(["crm"], start);
      await current.events.append(newEvents(30));
      await route(current.deliveries, [planned("crm")]);
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await current.deliveries.list({ limit: 7, cursor });
        seen.push(...page.deliveries.map(({ eventId }) => eventId));
        const [one, two] = await claim(current.deliveries, { limit: 2 });
        if (one !== undefined && two !== undefined)
          await current.deliveries.settle([
            settlement(one, { state: "delivered" }),
            settlement(two, { state: "dead" }),
          ]);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(Array.from({ length: 30 }, (_, index) => `evt_${29 - index}`));
    });

    test("nothing for the cursor of another list", async () => {
      const { events, deliveries } = current;
      await deliveries.register(["crm"], start);
      await events.append(newEvents(2));
      await route(deliveries, [planned("crm")]);
      for (const rate of [1, 2])
        await deliveries.createReplay({ destinations: ["crm"], kind: "all", rate }, start);
      const lists = [
        (cursor?: string) => events.list({ limit: 1, cursor }),
        (cursor?: string) => deliveries.list({ limit: 1, cursor }),
        (cursor?: string) => deliveries.replays({ limit: 1, cursor }),
      ];
      const cursors = await Promise.all(lists.map(async (list) => (await list()).nextCursor ?? ""));
      for (const [index, list] of lists.entries())
        for (const [other, cursor] of cursors.entries())
          if (other === index) expect((await list(cursor)).nextCursor).toBeNull();
          else await expect(list(cursor)).rejects.toMatchObject({ code: "invalid_cursor" });
    });

    test("nothing for a foreign cursor or a bad limit", async () => {
      const prefix = "deliveries-before-";
      for (const cursor of ["", "x", "after-1", "before-1", `${prefix}-1`, `${prefix}1.5`, prefix])
        await expect(current.deliveries.list({ limit: 1, cursor })).rejects.toMatchObject({
          code: "invalid_cursor",
        });
      for (const limit of [0, 501, 1.5])
        await expect(current.deliveries.list({ limit })).rejects.toThrow(RangeError);
    });
  });
}

function fits(delivery: Delivery, { destination, state, event, replay }: DeliveryFilter): boolean {
  return (
    (destination === undefined || delivery.destination === destination) &&
    (state === undefined || delivery.state === state) &&
    (event === undefined || delivery.eventId === event) &&
    (replay === undefined || delivery.replay === replay)
  );
}
