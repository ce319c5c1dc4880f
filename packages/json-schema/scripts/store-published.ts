import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Returns the file names of the draft 2020-12 schemas of events; a test checks that the draft-07 schemas give the same results. */
export const publishedNames = () =>
  globSync("*.schema.json", { cwd: root })
    .filter((name) => name !== "config.schema.json")
    .toSorted();

// Run at a release, after "changeset version": copies the current schemas, with which later changes are compared.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { version: string };
  const files = publishedNames();
  rmSync(`${root}published`, { recursive: true, force: true });
  mkdirSync(`${root}published`);
  for (const file of files) copyFileSync(`${root}${file}`, `${root}published/${file}`);
  writeFileSync(`${root}published/release.json`, `${JSON.stringify({ version, files }, null, 2)}\n`);
}
