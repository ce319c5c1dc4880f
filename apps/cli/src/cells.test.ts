import { expect, it } from "vitest";
import { numberOf } from "./cells.js";

it("counts one thing without a plural", () => {
  expect([0, 1, 2].map((count) => numberOf(count, "event"))).toEqual(["0 events", "1 event", "2 events"]);
  expect(numberOf(2, "delivery", "deliveries")).toBe("2 deliveries");
});
