import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string) => readFileSync(`${cwd}${file}`, "utf8");

const published = new Set(
  globSync("{packages,apps}/*/package.json", { cwd })
    .map((file) => JSON.parse(read(file)) as { name: string; private?: boolean })
    .filter((manifest) => manifest.private !== true)
    .map(({ name }) => name),
);

// `changeset version` ends with an error over any other name, and that is noticed at the release only.
it("changesets name only published packages and have a text", () => {
  for (const file of globSync(".changeset/*.md", { cwd })) {
    const [, head = "", text = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(read(file)) ?? [];
    const names = head
      .split("\n")
      .map((line) => /^"(.+)": (?:patch|minor|major)$/.exec(line)?.[1] ?? `? ${line}`);
    expect(
      names.filter((name) => !published.has(name)),
      file,
    ).toEqual([]);
    expect(text.trim(), file).not.toBe("");
  }
});
