import { describe, expect, test } from "vitest";
import { type EventInput, type Json, readInputs } from "./inputs.ts";
import { lost } from "./round-trip.ts";
import { readFileSync } from "node:fs";

const inputs = readInputs();
const event = inputs.events.find(({ type }) => type === "identity.session.finalized") as EventInput;
const file = inputs.payloads.find(({ name }) => name === "identity.session.finalized.full")?.file ?? "";
type Deep = { [key: string]: Deep } & Deep[];
const sent = () => JSON.parse(readFileSync(file, "utf8")) as Deep;

/** The full example as it comes back after `change`. */
function back(change: (event: Deep) => void): Json {
  const event = sent();
  change(event);
  return event as unknown as Json;
}
const losses = (returned: Json, limits = {}) => lost(sent() as unknown as Json, returned, event, limits);

describe("what a round trip loses", () => {
  test("nothing, where everything comes back", () => {
    expect(losses(back(() => undefined))).toStrictEqual([]);
  });

  test.each<[string, (event: Deep) => void, string]>([
    ["a field", ({ data }) => delete data?.["session"]?.["sid"], "data.session.sid: gone"],
    [
      "a null that must be there",
      ({ data }) => delete data?.["session"]?.["network"]?.["metroCode"],
      "data.session.network.metroCode: gone",
    ],
    ["an item", ({ data }) => data?.["session"]?.["events"]?.pop(), "data.session.events: 1 items, then 0"],
    [
      "a value",
      ({ data }) => Object.assign(data?.["session"]?.["screen"] ?? {}, { width: 1921 }),
      "data.session.screen.width: another value",
    ],
    [
      "the kind of a value",
      ({ data }) => Object.assign(data?.["session"]?.["screen"] ?? {}, { width: "1920" }),
      "data.session.screen.width: another value",
    ],
    ["nothing but adds", (event) => Object.assign(event, { more: null }), "more: appeared"],
  ])("%s", (_, change, loss) => {
    const limits = { absentBecomesNull: true, nullBecomesAbsent: true, losesUnknownFields: true };
    expect(losses(back(change), limits)).toContain(loss);
  });

  test("what a generator cannot keep is allowed for only where that is said", () => {
    const dropped = back(
      ({ data }) => delete data?.["enrichment"]?.["person"]?.["employments"]?.[0]?.["endDate"],
    );
    expect(losses(dropped)).toStrictEqual(["data.enrichment.person.employments[0].endDate: gone"]);
    expect(losses(dropped, { nullBecomesAbsent: true })).toStrictEqual([]);
  });
});

test("the payloads that every consumer gets cover every event type, good and bad", () => {
  expect(inputs.payloads.filter(({ paths }) => paths.length > 0).length).toBeGreaterThan(15);
  for (const { type } of inputs.events) {
    const names = inputs.payloads
      .filter((one) => one.type === type && one.paths.length === 0)
      .map(({ name }) => name);
    expect(names).toContain(`${type}.full`);
    expect(names).toContain(`${type}.optional-null`);
    expect(names).toContain(`${type}.empty-lists`);
  }
});
