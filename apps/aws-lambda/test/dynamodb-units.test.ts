import { describe, expect, it } from "vitest";
import { itemBytes, writeUnits } from "../scripts/dynamodb-units.ts";

/* Expected by hand, from https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
describe("DynamoDB's units", () => {
  it.each([
    ["a name and a text, in UTF-8", { pk: { S: "é" } }, 2 + 2],
    ["bytes as they are", { raw: { B: new Uint8Array(700) } }, 3 + 700],
    ["a number: a byte for two digits, and one", { n: { N: "1234567" } }, 1 + 4 + 1],
    ["a number without its sign and point", { n: { N: "-12.34" } }, 1 + 2 + 1],
    ["yes or no", { ok: { BOOL: true } }, 2 + 1],
    [
      "a map: three, one for each entry, and the entries",
      { m: { M: { a: { S: "xy" } } } },
      1 + 3 + 1 + 1 + 2,
    ],
    ["several together", { pk: { S: "e#1" }, sk: { N: "1" } }, 2 + 3 + 2 + 1 + 1],
  ])("counts %s", (_name, item, bytes) => expect(itemBytes(item)).toBe(bytes));

  it("rejects an unsupported attribute type", () =>
    expect(() => itemBytes({ tags: { SS: ["a"] } })).toThrow("attribute type SS"));

  it.each([
    [1, 1],
    [1024, 1],
    [1025, 2],
    [6144, 6],
  ])("writing %i bytes takes %i", (bytes, units) => expect(writeUnits(bytes)).toBe(units));
});
