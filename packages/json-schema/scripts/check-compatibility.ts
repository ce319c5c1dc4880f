import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Document } from "./alternatives.ts";
import { announced } from "./changesets.ts";
import { findBreaks } from "./compatibility.ts";
import { publishedNames } from "./store-published.ts";

export interface Release {
  readonly version: string;
  /** The schemas of draft 2020-12 by file name. */
  readonly schemas: Readonly<Record<string, Document>>;
}

/** Returns the reasons why the package must not be released in its current state; see docs/schema-versioning.md. */
export function checkCompatibility(last: Release, next: Release, size: string | undefined): string[] {
  if (last.version !== next.version)
    return [
      `published/ contains version ${last.version}, but the package has version ${next.version}: after "changeset version" run ` +
        "npx pnpm --filter @sessionhook/json-schema keep-published",
    ];
  if (size === "major") return [];
  const breaks = Object.entries(last.schemas).flatMap(([file, schema]) => {
    const now = next.schemas[file];
    return now === undefined
      ? [`${file}: the file was removed`]
      : findBreaks(schema, now).map((found) => `${file} ${found}`);
  });
  if (breaks.length > 0)
    breaks.push('Revert these changes, or add a changeset with "@sessionhook/json-schema": major');
  return breaks;
}

const root = fileURLToPath(new URL("..", import.meta.url));
const readJson = (path: string) =>
  JSON.parse(readFileSync(`${root}${path}`, "utf8")) as Record<string, unknown>;

/** Reads the last release from `published/`, and the current state of the package. */
export function releases(): { last: Release; next: Release } {
  const schemas = (folder: string, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, readJson(`${folder}${name}`) as Document]));
  const { version, files } = readJson("published/release.json") as { version: string; files: string[] };
  return {
    last: { version, schemas: schemas("published/", files) },
    next: { version: String(readJson("package.json")["version"]), schemas: schemas("", publishedNames()) },
  };
}

/** Returns the version bump that the changesets of this repository announce for the package. */
export const announcedSize = () =>
  announced(fileURLToPath(new URL("../../../.changeset/", import.meta.url)), "@sessionhook/json-schema");

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { last, next } = releases();
  const problems = checkCompatibility(last, next, announcedSize());
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
