import { describe, expect, test } from "vitest";
import { type EventInput, readInputs } from "./inputs.ts";
import type { Json } from "./json.ts";
import { lost } from "./round-trip.ts";
import { readFileSync } from "node:fs";

const inputs = readInputs();
const event = inputs.events.find(({ type }) => type === "identity.session.finalized") as EventInput;
const file = inputs.payloads.find(({ name }) => name === "identity.session.finalized.full")?.file ?? "";
type Deep = { [key: string]: Deep } & Deep[];
const sent = () => JSON.parse(readFileSync(file, "utf8")) as Deep;

/** Returns the full example with `change` applied, as the result of a round trip. */
function back(change: (event: Deep) => void): Json {
  const event = sent();
  change(event);
  return event as unknown as Json;
}
const losses = (returned: Json, limits = {}) => lost(sent() as unknown as Json, returned, event, limits);

describe("a round trip", () => {
  test("may lose the null of an object without properties where the generator does", () => {
    const withNull = sent();
    Object.assign(withNull["data"]?.["session"]?.["events"]?.[0] ?? {}, { props: null });
    const without = structuredClone(withNull);
    delete without["data"]?.["session"]?.["events"]?.[0]?.["props"];
    const found = (limits: object) =>
      lost(withNull as unknown as Json, without as unknown as Json, event, limits);
    expect(found({})).toStrictEqual(["data.session.events[0].props: missing"]);
    expect(found({ nullMapBecomesAbsent: true })).toStrictEqual([]);
  });

  test("without a difference has no losses", () => {
    expect(losses(back(() => undefined))).toStrictEqual([]);
  });

  test.each<[string, (event: Deep) => void, string]>([
    ["a field", ({ data }) => delete data?.["session"]?.["sid"], "data.session.sid: missing"],
    [
      "a required null",
      ({ data }) => delete data?.["session"]?.["network"]?.["metroCode"],
      "data.session.network.metroCode: missing",
    ],
    ["an item", ({ data }) => data?.["session"]?.["events"]?.pop(), "data.session.events: 1 items became 0"],
    [
      "a value",
      ({ data }) => Object.assign(data?.["session"]?.["screen"] ?? {}, { width: 1921 }),
      "data.session.screen.width: another value",
    ],
    [
      "the type of a value",
      ({ data }) => Object.assign(data?.["session"]?.["screen"] ?? {}, { width: "1920" }),
      "data.session.screen.width: another value",
    ],
    ["an added field", (event) => Object.assign(event, { more: null }), "more: added"],
  ])("reports %s", (_, change, loss) => {
    const limits = { absentBecomesNull: true, nullBecomesAbsent: true, losesUnknownFields: true };
    expect(losses(back(change), limits)).toContain(loss);
  });

  test("may lose data only within the limits of the generator", () => {
    const dropped = back(
      ({ data }) => delete data?.["enrichment"]?.["person"]?.["employments"]?.[0]?.["endDate"],
    );
    expect(losses(dropped)).toStrictEqual(["data.enrichment.person.employments[0].endDate: missing"]);
    expect(losses(dropped, { nullBecomesAbsent: true })).toStrictEqual([]);
  });
});

test("the payloads for consumers cover every event type, valid and invalid", () => {
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
