import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The schemas of draft 2020-12; those of draft-07 are held to the same verdicts by a test. */
export const publishedNames = () => globSync("*.schema.json", { cwd: root }).toSorted();

// Run at a release, after "changeset version": what is published now is what later changes are compared with.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { version: string };
  const files = publishedNames();
  rmSync(`${root}published`, { recursive: true, force: true });
  mkdirSync(`${root}published`);
  for (const file of files) copyFileSync(`${root}${file}`, `${root}published/${file}`);
  writeFileSync(`${root}published/release.json`, `${JSON.stringify({ version, files }, null, 2)}\n`);
}
