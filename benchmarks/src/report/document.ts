import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";

/** Puts the results of one benchmark into its page below docs/, between the marks of its name. */
export function writeSection(name: string, markdown: string): void {
  const page = name === "cost" ? "capacity.md" : "benchmarks.md";
  const document = join(root, "docs", page);
  const text = readFileSync(document, "utf8");
  const [begin, end] = [`<!-- ${name}: written by npm run bench -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/${page} has no place for ${name}`);
  writeFileSync(document, `${text.slice(0, from + begin.length)}\n\n${markdown}\n\n${text.slice(to)}`);
  execFileSync("oxfmt", [document], { cwd: root });
}
