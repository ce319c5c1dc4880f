import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";

const document = join(root, "docs", "benchmarks.md");

/** Puts the results of one benchmark into docs/benchmarks.md, between the marks of its name. */
export function writeSection(name: string, markdown: string): void {
  const text = readFileSync(document, "utf8");
  const [begin, end] = [`<!-- ${name}: written by npm run bench -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/benchmarks.md has no place for ${name}`);
  writeFileSync(document, `${text.slice(0, from + begin.length)}\n\n${markdown}\n\n${text.slice(to)}`);
  execFileSync("oxfmt", [document], { cwd: root });
}
