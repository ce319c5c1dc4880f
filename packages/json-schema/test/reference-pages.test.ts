import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { eventTypes } from "@sessionhook/core";
import { fieldRows } from "@sessionhook/fixtures";
import { describe, expect, it } from "vitest";
import { referencePages } from "../scripts/reference-pages.js";

const folder = fileURLToPath(new URL("../../../docs/reference/", import.meta.url));
const pages = referencePages();

describe("docs/reference", () => {
  it("has exactly the generated pages", () => {
    expect(readdirSync(folder).toSorted()).toEqual([...pages.keys()].toSorted());
  });

  it.each([...pages])("%s equals the generator's output", (file, text) => {
    expect(
      readFileSync(folder + file, "utf8") === text,
      "run: npx pnpm --filter @sessionhook/json-schema generate",
    ).toBe(true);
  });

  it.each(eventTypes)("%s has every row of the provider's table, with presence and null", (type) => {
    const text = pages.get(`${type}.md`) ?? "";
    for (const row of fieldRows().filter(({ event }) => event === type)) {
      const name = row.path.replaceAll("[]", "").split(".").at(-1) as string;
      const lines = text.split("\n").filter((line) => line.startsWith(`| \`${name}\` `));
      const cells = lines.map((line) => line.split(" | ").map((cell) => cell.replaceAll("|", "").trim()));
      const presence = ["id", "created"].includes(row.path)
        ? "unless older"
        : row.required
          ? "required"
          : "optional";
      expect(
        cells.some(([, , is, mayBeNull]) => is === presence && (mayBeNull === "yes") === row.nullable),
        row.path,
      ).toBe(true);
    }
  });

  it("links only to existing headings", () => {
    for (const [file, text] of pages) {
      const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading = ""]) => heading.toLowerCase());
      for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(headings, file).toContain(anchor);
    }
  });
});
