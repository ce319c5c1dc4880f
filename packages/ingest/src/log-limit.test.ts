import { expect, it } from "vitest";
import { LogLimit } from "./log-limit.js";

/** Returns a function that counts a line at a time in seconds, and returns whether it is logged and how many were omitted. */
function limited() {
  let now = 0;
  const limit = new LogLimit(() => now);
  return (seconds: number, code = "not_found") => {
    now = seconds * 1000;
    const { logged, omitted } = limit.next(code);
    return [logged, omitted];
  };
}

it("logs ten lines of a minute, and reports the others with the next line after it", () => {
  const line = limited();
  for (let count = 0; count < 10; count++) expect(line(count)).toEqual([true, 0]);
  for (let second = 10; second < 60; second++) expect(line(second)).toEqual([false, 0]);
  expect(line(60)).toEqual([true, 50]);
  expect(line(61)).toEqual([true, 0]);
});

it("reports nothing after a minute whose lines were all logged", () => {
  const line = limited();
  for (let count = 0; count < 10; count++) line(0);
  expect(line(3600)).toEqual([true, 0]);
});

it("counts each code separately", () => {
  const line = limited();
  for (let count = 0; count < 12; count++) line(0);
  expect(line(1, "overloaded")).toEqual([true, 0]);
  expect(line(60, "overloaded")).toEqual([true, 0]);
  expect(line(60)).toEqual([true, 2]);
});

it("ends the minute when the clock is set back", () => {
  const line = limited();
  for (let count = 0; count < 12; count++) line(7200);
  expect(line(0)).toEqual([true, 2]);
});
