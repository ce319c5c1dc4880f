import { noIssues } from "@sessionhook/core";
import { describe, expect, test } from "vitest";
import { newEvent } from "../event-log/events.js";
import { type DeliveryStoreHarness, useStores } from "./harness.js";
import { listAll, minute, planned, route, start } from "./steps.js";

export function describeCooldowns(harness: DeliveryStoreHarness): void {
  describe("cools down", () => {
    const current = useStores(harness);
    const cooldown = { key: "person@example.com", ms: 10 * minute };
    const receive = async (...times: number[]): Promise<void> => {
      const events = times.map((time) => newEvent({ id: `at_${time}`, receivedAt: start + time * minute }));
      await current.events.append(events);
    };
    /** State and holder by event. */
    const states = async (destination = "crm"): Promise<[string, string, string | null][]> => {
      const all = (await listAll(current.deliveries, { destination })).toReversed();
      return all.map(({ eventId, state, heldBy }) => [eventId, state, heldBy]);
    };

    test("for the time of the cooldown from the holder on", async () => {
      await current.deliveries.register(["crm"], start);
      await receive(0, 9, 11, 12, 21);
      await route(current.deliveries, [planned("crm", { cooldown })]);
      expect(await states()).toEqual([
        ["at_0", "waiting", null],
        ["at_9", "skipped", "at_0"],
        ["at_11", "waiting", null],
        ["at_12", "skipped", "at_11"],
        ["at_21", "waiting", null],
      ]);
      const [skipped] = await listAll(current.deliveries, { state: "skipped" });
      expect(skipped?.reason).toEqual({ code: "cooldown" });
    });

    test("by key and by destination", async () => {
      await current.deliveries.register(["crm", "slack"], start);
      await receive(0, 1, 2);
      await route(current.deliveries, (id) => [
        planned("crm", { cooldown: { ...cooldown, key: id === "at_1" ? "other" : cooldown.key } }),
        planned("slack", { cooldown }),
      ]);
      expect((await states()).map(([, state]) => state)).toEqual(["waiting", "waiting", "skipped"]);
      expect((await states("slack")).map(([, state]) => state)).toEqual(["waiting", "skipped", "skipped"]);
    });

    test("without effect on and of deliveries that are skipped anyway", async () => {
      await current.deliveries.register(["crm"], start);
      await receive(0, 1);
      const state = (id: string) => (id === "at_0" ? "skipped" : "waiting");
      await route(current.deliveries, (id) => [planned("crm", { cooldown, state: state(id) })]);
      expect(await states()).toEqual([
        ["at_0", "skipped", null],
        ["at_1", "waiting", null],
      ]);
    });

    test("an event that is older than its holder, without taking its place", async () => {
      await current.deliveries.register(["crm"], start);
      await receive(100, 95, 5, 101);
      await route(current.deliveries, [planned("crm", { cooldown })]);
      expect(await states()).toEqual([
        ["at_100", "waiting", null],
        ["at_95", "skipped", "at_100"],
        ["at_5", "waiting", null],
        ["at_101", "skipped", "at_100"],
      ]);
    });

    test("the holder itself not, when it is routed again", async () => {
      await current.deliveries.register(["crm", "slack"], start);
      await receive(0);
      await route(current.deliveries, [planned("crm", { cooldown })]);
      const to = (status: "accepted" | "quarantined") => ({ type: "t", status, ...noIssues });
      await current.events.reclassify("at_0", to("quarantined"));
      await current.events.reclassify("at_0", to("accepted"));
      await route(current.deliveries, [planned("crm", { cooldown }), planned("slack", { cooldown })]);
      expect(await states()).toEqual([["at_0", "waiting", null]]);
      expect(await states("slack")).toEqual([["at_0", "waiting", null]]);
    });

    test("a replay on its own", async () => {
      await current.deliveries.register(["crm"], start);
      await receive(0, 1);
      await route(current.deliveries, [planned("crm", { cooldown })]);
      const spec = { destinations: ["crm"], kind: "all", rate: 10 } as const;
      const { id } = await current.deliveries.createReplay(spec, start);
      const deliveries = ["at_0", "at_1"].map((eventId) => ({
        eventId,
        facts: undefined,
        planned: planned("crm", { cooldown }),
      }));
      const step = { id, from: null, to: "end", done: true, deliveries, now: start };
      expect(await current.deliveries.planReplay(step)).toBe(true);
      expect((await states()).slice(2)).toEqual([
        ["at_0", "waiting", null],
        ["at_1", "skipped", "at_0"],
      ]);
    });
  });
}
