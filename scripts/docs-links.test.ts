import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const pages = globSync(
  ["*.md", "consumers/*.md", "{contributing,docs,packages,apps,torture,benchmarks}/**/*.md"],
  {
    cwd: root,
    exclude: (path) => /(?:^|\/)(?:node_modules|dist)(?:\/|$)/.test(path),
  },
).toSorted();

/** GitHub's anchor of a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

/** Links of a page that lead nowhere: files that are not there, headings that are not in them. */
function broken(file: string, text: string): string[] {
  const prose = text.replaceAll(/^(```+|~~~+)[\s\S]*?^\1/gm, "").replaceAll(/`[^`\n]*`/g, "");
  const links = [...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g)].map(([, link = ""]) => link);
  return links.filter((link) => !/^[a-z][a-z+.-]*:/i.test(link) && !leads(file, text, link));
}

function leads(file: string, text: string, link: string): boolean {
  const [path = "", fragment] = link.split("#");
  const target = path === "" ? file : resolve(dirname(file), decodeURIComponent(path));
  if (!target.startsWith(root) || (target !== file && !existsSync(target))) return false;
  if (fragment === undefined || !target.endsWith(".md")) return true;
  const page = target === file ? text : readFileSync(target, "utf8");
  return [...page.matchAll(/^#+\s+(.+)$/gm)].some(([, heading = ""]) => anchor(heading) === fragment);
}

describe("links in the documentation", () => {
  it("are searched in many pages", () => expect(pages.length).toBeGreaterThan(20));

  it.each(pages)("%s leads somewhere", (page) => {
    const file = join(root, page);
    expect(broken(file, readFileSync(file, "utf8"))).toEqual([]);
  });

  it("are found when they are broken", () => {
    const text =
      "# A b\n[a](missing.md) [b](README.md) [c](#a-b) [d](#nope) ![e](<gone.png>) `[f](code.md)` [g](https://x.test/)";
    expect(broken(join(root, "page.md"), text)).toEqual(["missing.md", "#nope", "gone.png"]);
  });
});

describe("AGENTS.md", () => {
  const text = readFileSync(join(root, "AGENTS.md"), "utf8");
  const lines = text.split("\n").filter((line) => line.startsWith("  - "));

  it("has a place for each task", () => {
    const tasks = [...text.matchAll(/^- \*\*.+\*\*\n(.*)/gm)];
    expect(tasks.length).toBeGreaterThan(60);
    expect(tasks.filter(([, next = ""]) => !next.startsWith("  - place: "))).toEqual([]);
  });

  it("names only places that exist", () => {
    const named = lines.flatMap((line) =>
      [...line.matchAll(/`([\w.*<>-]+(?:\/[\w.*<>-]+)*\/[\w.*<>-]*)`/g)].map(([, path = ""]) => path),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((path) => globSync(path.replace("<name>", "*"), { cwd: root }).length === 0)).toEqual(
      [],
    );
  });
});
