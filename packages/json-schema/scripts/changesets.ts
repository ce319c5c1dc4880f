import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Returns the largest version bump that the changesets of a folder announce for a package. */
export function announced(folder: string, name: string): "major" | "minor" | "patch" | undefined {
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith(".md") && file !== "README.md")
    .map((file) => readFileSync(join(folder, file), "utf8"));
  const sizes = new Set(texts.map((text) => sizeIn(text, name)));
  return (["major", "minor", "patch"] as const).find((size) => sizes.has(size));
}

function sizeIn(text: string, name: string): string | undefined {
  const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? "";
  const line = head.split(/\r?\n/).map((line) => /^["']?([^"':]+)["']?:\s*(\w+)\s*$/.exec(line.trim()));
  return line.find((match) => match?.[1] === name)?.[2];
}
