import { expect, it } from "vitest";
import { lookAt } from "./watch-log.js";

it("warns once each time the log becomes long", () => {
  const lengths = [undefined, 5, 11, 12, 10, 3, 20];
  const warnings: number[] = [];
  const look = lookAt(
    () => lengths.shift(),
    (bytes) => warnings.push(bytes),
    10,
  );
  for (let i = 0; i < 8; i++) look();
  expect(warnings).toEqual([11, 20]);
});
