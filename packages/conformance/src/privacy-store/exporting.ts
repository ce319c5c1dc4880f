import { describe, expect, test } from "vitest";
import { failure, finishAll, planned } from "../delivery-store/steps.js";
import { newEvent } from "../event-log/events.js";
import { type PrivacyStoreHarness, usePrivacyStores } from "./harness.js";
import { collect, jane, store, visit } from "./steps.js";

export function describeExporting(harness: PrivacyStoreHarness): void {
  describe("exports", () => {
    const current = usePrivacyStores(harness);

    test("events in the order of arrival", async () => {
      const all = { email: jane.email, vid: "v1", sid: "s1" };
      await store(current, [visit("a", { vid: "v1" }), visit("b", all), visit("c", { sid: "s1" })]);
      const rows = await collect(current.privacy.export(jane));
      expect(rows.flatMap(({ kind, id }) => (kind === "event" ? [id] : []))).toEqual(["a", "b", "c"]);
    });

    test("every version of an event, its deliveries and their attempts, as JSON", async () => {
      const event = visit("one", { email: jane.email });
      await store(current, [event, visit("other", {})], () => [planned("crm"), planned("archive")]);
      await finishAll(current.deliveries, "dead");
      await current.events.append([newEvent({ id: "one", raw: new Uint8Array([255]) })]);
      const rows = await collect(current.privacy.export(jane));
      expect(JSON.parse(JSON.stringify(rows))).toEqual(rows);
      expect(rows.map(({ kind }) => kind).toSorted()).toEqual([
        "attempt",
        "delivery",
        "delivery",
        "event",
        "event",
      ]);
      expect(rows.slice(0, 2)).toMatchObject([
        {
          kind: "event",
          id: "one",
          version: 1,
          status: "accepted",
          body: new TextDecoder().decode(event.raw),
        },
        { kind: "event", id: "one", version: 2, status: "conflict", bodyBase64: "/w==" },
      ]);
      const sent = rows.find(({ destination }) => destination === "crm");
      expect(sent).toMatchObject({ kind: "delivery", eventId: "one", state: "dead", attempts: 1 });
      const attempt = { kind: "attempt", delivery: sent?.["id"], number: 1, reason: failure };
      expect(rows.find(({ kind }) => kind === "attempt")).toMatchObject(attempt);
    });
  });
}
