import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bannedInComments, bannedNameParts, bannedWords, exceptions, violationsIn } from "./banned-words.ts";
import { commentsIn, exportedNames, messagesIn, partsOf, proseOf, testNamesIn } from "./source-texts.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const find = (...patterns: string[]) =>
  globSync(patterns, {
    cwd: root,
    exclude: (path) => /(?:^|\/)(?:node_modules|dist)(?:\/|$)/.test(path),
  }).toSorted();
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** The glossary lists the banned words itself. */
const pages = find(
  "*.md",
  "{contributing,docs}/**/*.md",
  ".changeset/*.md",
  "{packages,apps,deploy}/*/README.md",
  "packages/*/vectors/README.md",
  "{consumers,torture}/README.md",
).filter((page) => page !== "docs/glossary.md" && page !== "CHANGELOG.md");
/** Private packages have no users: their messages and names are not checked. */
const published = find("packages/*/package.json", "apps/*/package.json").filter(
  (file) => (JSON.parse(read(file)) as { private?: boolean }).private !== true,
);
const sources = find(
  "{packages/{core,ingest,handler,receiver,stores,inbox,app,server,delivery,destinations,simulator},apps/*}/src/**/*.{ts,tsx}",
).filter((file) => !/\.test\.tsx?$|\/generated\/|\/styles\//.test(file));

/** All TypeScript files; their comments and test names are checked. */
const commented = find(
  "{packages,apps,torture,benchmarks,consumers,scripts,docs,deploy}/**/*.{ts,tsx,mts,mjs}",
  "*.{ts,mjs}",
).filter((file) => !/\/generated\/|^scripts\/banned-words\.ts$/.test(file));

describe("the words of docs/glossary.md", () => {
  it.each(pages)("are used in %s", (page) => {
    expect(proseOf(read(page)).flatMap((text) => violationsIn(text).map((why) => `${why}: ${text}`))).toEqual(
      [],
    );
  });

  it.each(sources)("are used in the messages of %s", (file) => {
    const found = messagesIn(join(root, file)).flatMap((text) =>
      violationsIn(text).map((why) => `${why}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it.each(published)("are used in the names that %s exports", (file) => {
    const { exports = {} } = JSON.parse(read(file)) as { exports?: Record<string, { source?: string }> };
    const names = Object.entries(exports).flatMap(([path, { source }]) => [
      path,
      ...(source === undefined ? [] : exportedNames(join(root, file, "..", source))),
    ]);
    const violations = names.flatMap((name) =>
      // Keep-alive is a term of HTTP.
      partsOf(name.replace(/keepAlive/i, "")).flatMap((part) =>
        violationsIn(part, bannedNameParts).map((why) => `${name}: ${why}`),
      ),
    );
    expect([...new Set(violations)]).toEqual([]);
  });

  it.each(sources)("start no docstring of %s with a headless question word", (file) => {
    const headless = [...read(file).matchAll(/\/\*\*\s*(?:\*\s*)?((?:What|Who|Where|Whether)\b[^\n]*)/g)];
    expect(headless.map(([, text]) => text)).toEqual([]);
  });

  it.each(commented)("are used in the comments and test names of %s", (file) => {
    const words = [...bannedWords, ...bannedInComments];
    const headless = [
      ...read(file).matchAll(/\/\*\*\s*(?:\*\s*)?((?:What|Who|Where|Whether|How|When)\b[^\n]*)/g),
    ];
    expect(headless.map(([, text]) => text)).toEqual([]);
    const found = [...commentsIn(join(root, file)), ...testNamesIn(join(root, file))].flatMap((text) =>
      violationsIn(text, words).map((why) => `${why}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

describe("the check itself", () => {
  it("reads many pages, sources and names", () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(sources.length).toBeGreaterThan(100);
    expect(commented.length).toBeGreaterThan(200);
    expect(commentsIn(join(root, "packages/core/src/limits.ts"))).toContain(
      "Maximum number of secrets of one receiver. */",
    );
    expect(testNamesIn(join(root, "packages/conformance/src/runtime/cases/http.ts"))).toContain(
      "a body one byte over the limit is rejected and not stored",
    );
    expect(exportedNames(join(root, "packages/core/src/index.ts"))).toContain("unwrap");
    expect(messagesIn(join(root, "packages/stores/src/sqlite/errors.ts"))).toContain("The disk is full");
    expect(messagesIn(join(root, "packages/inbox/src/components/empty-list.tsx"))).toContain(
      "No matching events",
    );
  });

  it("finds banned words in prose and in names, but not in code", () => {
    expect(
      proseOf("The `keeper` is [here](keeper.md).\n\n```ts\nkeeper();\n```\n").flatMap((text) =>
        violationsIn(text),
      ),
    ).toEqual([]);
    expect(violationsIn("The keeper writes.")).toEqual(["keeper → writer"]);
    expect(violationsIn("keep-alive connections")).toEqual([]);
    expect(partsOf("storeKeeper").flatMap((part) => violationsIn(part, bannedNameParts))).toEqual([
      "keeper → writer",
    ]);
  });

  it("has only exceptions that are needed", () => {
    const texts = [
      ...pages.flatMap((page) => proseOf(read(page))),
      ...sources.flatMap((file) => messagesIn(join(root, file))),
    ];
    for (const { text } of exceptions) {
      expect(
        texts.some((all) => all.includes(text)),
        text,
      ).toBe(true);
      expect(
        bannedWords.some(({ word }) => word.test(text)),
        text,
      ).toBe(true);
    }
  });
});
