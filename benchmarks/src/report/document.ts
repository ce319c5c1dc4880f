import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";

const pages = ["benchmarks.md", "capacity.md"].map((page) => join(root, "docs", page));

/** Puts the results of one benchmark into the page that has a place for it, between the marks of its name. */
export function writeSection(name: string, markdown: string): void {
  const [begin, end] = [`<!-- ${name}: written by npm run bench -->`, `<!-- end of ${name} -->`];
  const document = pages.find((page) => readFileSync(page, "utf8").includes(begin));
  if (document === undefined) throw new Error(`no page below docs/ has a place for ${name}`);
  const text = readFileSync(document, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (to < from) throw new Error(`the place for ${name} in ${document} has no end`);
  writeFileSync(document, `${text.slice(0, from + begin.length)}\n\n${markdown}\n\n${text.slice(to)}`);
  execFileSync("oxfmt", [document], { cwd: root });
}
