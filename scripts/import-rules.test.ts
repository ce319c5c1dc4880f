import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mayImport } from "./import-rules.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");

const violations: readonly (readonly [file: string, source: string, message: string])[] = [
  ["packages/core/src/b.ts", 'export { x } from "@sessionhook/ingest";', "core must not import"],
  ["packages/core/src/c.ts", 'export * from "@sessionhook/stores/sqlite";', "core must not import"],
  [
    "packages/core/src/d.ts",
    'import type { X } from "@sessionhook/receiver";\nexport type Y = X;',
    "core must not import",
  ],
  ["packages/ingest/src/a.ts", 'export { x } from "@sessionhook/receiver";', "ingest must not import"],
  [
    "packages/inbox/src/a.tsx",
    'export const x = await import("@sessionhook/receiver");',
    "inbox must not import",
  ],
  [
    "packages/stores/src/a.ts",
    'export {\n  a,\n} from "@sessionhook/conformance";',
    "stores must not import",
  ],
  ["packages/handler/src/a.ts", 'export { x } from "@sessionhook/receiver";', "handler must not import"],
  ["packages/simulator/src/a.ts", 'export { x } from "sessionhook";', "Nothing imports the command line"],
  ["apps/cli/src/a.ts", 'export { x } from "@sessionhook/server";', "cli must not import"],
  ["packages/receiver/src/a.ts", 'import "../../core/src/errors.js";', "A path into another package"],
  ["packages/receiver/src/b.ts", 'export { readFileSync } from "node:fs";', "one runtime only"],
  ["packages/inbox/src/b.ts", 'export { Database } from "bun:sqlite";', "one runtime only"],
  ["packages/core/src/e.ts", "export const x = Deno.env;", "Unexpected use of 'Deno'"],
  ["packages/core/src/f.ts", 'export const x = Buffer.from("");', "Unexpected use of 'Buffer'"],
  ["packages/app/src/a.ts", "export const x = process.env;", "Unexpected use of 'process'"],
  ["packages/receiver/src/c.ts", 'export { x } from "@sessionhook/core/schemas";', "zod schemas"],
  ["apps/node/src/a.ts", "export {};\n".repeat(61), "has too many lines"],
  ["packages/stores/src/sqlite/a.ts", 'export { openSync, statSync } from "node:fs";', "openSync"],
  [
    "packages/stores/src/sqlite/b.ts",
    'import * as fs from "fs";\nexport const x = fs;',
    "* import is invalid",
  ],
  ["packages/stores/src/sqlite.ts", 'export { copyFile } from "node:fs/promises";', "drops the locks"],
  ["packages/server/src/writer/a.ts", 'export { readFileSync as read } from "node:fs";', "readFileSync"],
  ["apps/bun/src/a.ts", "export const x = (path: string) => Bun.file(path).text();", "drops the locks"],
  ["apps/deno/src/a.ts", "export const x = (path: string) => Deno.readFileSync(path);", "drops the locks"],
  [
    "packages/receiver/src/d.ts",
    'import { e } from "./e.js";\nexport const d = () => e;',
    "Dependency cycle",
  ],
  [
    "packages/receiver/src/e.ts",
    'import { d } from "./d.js";\nexport const e = () => d;',
    "Dependency cycle",
  ],
  [
    "packages/receiver/src/f.ts",
    'import type { G } from "./g.js";\nexport interface F { readonly g: G }',
    "Dependency cycle",
  ],
  [
    "packages/receiver/src/g.ts",
    'import type { F } from "./f.js";\nexport interface G { readonly f: F }',
    "Dependency cycle",
  ],
];

const allowed: readonly (readonly [file: string, source: string])[] = [
  [
    "packages/core/src/signature/crypto-node.ts",
    'import { createHmac } from "node:crypto";\nexport const x = [createHmac, Buffer.from("")];',
  ],
  [
    "packages/receiver/src/h.ts",
    'import type { X } from "@sessionhook/core/schemas";\nimport { y } from "@sessionhook/core";\nexport const z: X = y;\nexport const text = "process.env";',
  ],
  [
    "packages/stores/src/a.test.ts",
    'export { x } from "@sessionhook/conformance/event-log-suite";\nexport { y } from "node:fs";',
  ],
  ["packages/stores/src/sqlite/c.ts", 'export { statSync, linkSync } from "node:fs";'],
  ["packages/server/src/config-file.ts", 'export { readFileSync } from "node:fs";'],
  ["apps/node/src/b.ts", "export const x = 1;\n"],
];

describe("the import rules", () => {
  let folder: string;
  let report: { message: string; help?: string; filename: string }[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "import-rules-"));
    const config = pathToFileURL(join(root, "oxlint.config.ts")).href;
    writeFileSync(join(folder, "oxlint.config.ts"), `export { default } from ${JSON.stringify(config)};\n`);
    for (const [file, source] of [...violations, ...allowed]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), source);
    }
    const { stdout } = spawnSync(join(bin, "oxlint"), ["--format=json", "."], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, PATH: `${bin}:${process.env["PATH"]}` },
    });
    report = (JSON.parse(stdout) as { diagnostics: typeof report }).diagnostics;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const found = (file: string) =>
    report.filter(({ filename }) => filename === file).map(({ message, help = "" }) => `${message} ${help}`);

  it.each(violations)("refuse in %s: %s", (file, _source, message) => {
    expect(found(file).join("\n")).toContain(message);
  });

  it.each(allowed)("allow in %s: %s", (file) => {
    expect(found(file)).toEqual([]);
  });

  it("have a row for every package, and no other", () => {
    const listed = execFileSync("git", ["ls-files", "packages/*/package.json", "apps/*/package.json"], {
      cwd: root,
      encoding: "utf8",
    });
    const folders = listed
      .trim()
      .split("\n")
      .map((file) => basename(dirname(file)));
    expect(Object.keys(mayImport).toSorted()).toEqual([...folders, "benchmarks", "torture"].toSorted());
    expect(globSync("packages/*/package.json", { cwd: root }).length).toBeGreaterThan(10);
  });
});
