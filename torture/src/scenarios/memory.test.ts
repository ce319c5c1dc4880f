import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { mostResidentMib } from "./memory.ts";

const { node = 0, bun = 0, deno = 0 } = mostResidentMib;
const gib = (mib: number) => String(mib / 1024);
const read = (page: string) =>
  readFileSync(new URL(`../../../${page}`, import.meta.url), "utf8").replaceAll(/\s+/g, " ");

it.each(["docs/guarantees.md", "SECURITY.md"])("%s gives the memory that this scenario allows", (page) => {
  expect(read(page)).toMatch(`${gib(node)} GiB of resident memory on Node, ${gib(bun)} on Bun`);
  expect(read(page)).toContain(`2 on Deno (${gib(deno)} after floods of pipelined requests`);
});

it("torture/README.md gives it too", () => {
  expect(read("torture/README.md")).toContain(
    `${gib(node)} GiB resident at most on Node, ${gib(bun)} on Bun, ${gib(deno)} on Deno`,
  );
});
