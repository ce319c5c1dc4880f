import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("no query has numbered parameters, to which Node 22.13 binds nothing", () => {
  const files = globSync("**/*.ts", { cwd: import.meta.dirname, exclude: ["**/*.test.ts"] });
  expect(files.length).toBeGreaterThan(50);
  const numbered = files.filter((file) =>
    /[=<>(,]\s*\?[0-9]/.test(readFileSync(`${import.meta.dirname}/${file}`, "utf8")),
  );
  expect(numbered).toEqual([]);
});
