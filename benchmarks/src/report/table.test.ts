import { expect, test } from "vitest";
import { table } from "./table.ts";

test("a table aligns text left and figures right", () => {
  expect(
    table(
      ["", "events/s"],
      [
        ["floor", "5"],
        ["longer name", "12345"],
      ],
    ),
  ).toBe(
    [
      "|             | events/s |",
      "| ----------- | -------: |",
      "| floor       |        5 |",
      "| longer name |    12345 |",
    ].join("\n"),
  );
});
