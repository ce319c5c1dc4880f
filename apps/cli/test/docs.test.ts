import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (file: string) => readFileSync(`${root}/${file}`, "utf8");
/** Pages of this repository. */
const pages = globSync(["README.md", "docs/**/*.md", "apps/cli/README.md"], { cwd: root }).toSorted();
const withFilters = [...pages, "apps/cli/src/commands/replay.ts"];

/** Returns the facts that filters of a text compare without `has()`; an absent fact makes the filter fail. */
function unguarded(text: string): string[] {
  const filters = [...text.matchAll(/"when": "([^"]+)"|--where '([^']+)'/g)].map(
    ([, key, option]) => key ?? option ?? "",
  );
  return filters.filter((filter) =>
    [...filter.matchAll(/(?<!has\()\b([a-z]+\.[a-zA-Z]+) *(?:[<>=!]=?|in\b)/g)].some(
      ([, fact = ""]) => !filter.includes(`has(${fact})`),
    ),
  );
}

describe("the documentation", () => {
  it.each(withFilters)("%s: filters check that a fact is present before they compare it", (file) => {
    expect(unguarded(read(file))).toEqual([]);
  });

  it("is searched for filters that do not", () => {
    expect(unguarded(`"when": "company.employeeCount >= 50"`)).toHaveLength(1);
    expect(unguarded(`--where 'has(a.b) && a.b >= 50'`)).toEqual([]);
    expect(withFilters.filter((file) => /"when": "|--where '/.test(read(file))).length).toBeGreaterThan(3);
  });

  // The README of the published package is read outside a clone.
  it.each(pages.filter((page) => page !== "apps/cli/README.md"))(
    "%s: its commands can be run in a clone",
    (page) => {
      const blocks = read(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm);
      const bare = [...blocks].flatMap(
        ([, block = ""]) => block.match(/^(?:\w+=\S+ )*sessionhook .*$/gm) ?? [],
      );
      expect(bare).toEqual([]);
    },
  );
});
