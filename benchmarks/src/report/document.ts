import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";

const pages = ["benchmarks.md", "capacity.md"].map((page) => join(root, "docs", page));

/** Writes the results of one benchmark into the page of docs/ that contains the section markers of that name. */
export function writeSection(name: string, markdown: string): void {
  const [begin, end] = [`<!-- ${name}: written by npm run bench -->`, `<!-- end of ${name} -->`];
  const document = pages.find((page) => readFileSync(page, "utf8").includes(begin));
  if (document === undefined) throw new Error(`No page in docs/ contains the line ${begin}`);
  const text = readFileSync(document, "utf8");
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (to < from) throw new Error(`${document} does not contain the line ${end} after ${begin}`);
  writeFileSync(document, `${text.slice(0, from + begin.length)}\n\n${markdown}\n\n${text.slice(to)}`);
  execFileSync("oxfmt", [document], { cwd: root });
}
