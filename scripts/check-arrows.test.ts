import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findBreaches } from "./check-arrows.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "arrows-"));
});
afterEach(() => rmSync(root, { recursive: true }));

function breaches(file: string, source: string): string[] {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
  return findBreaches(root);
}

describe("the arrows check", () => {
  it("finds none in this repository", () => {
    expect(findBreaches(fileURLToPath(new URL("..", import.meta.url)))).toEqual([]);
  });

  it.each([
    [
      "packages/core/src/a.ts",
      'import { Hono } from "hono"; import { x } from "@sessionhook/receiver";',
      "must not import",
    ],
    ["packages/core/src/a.ts", 'export * from "@sessionhook/stores/sqlite";', "must not import"],
    ["packages/inbox/src/a.tsx", 'const x = await import("@sessionhook/receiver");', "must not import"],
    ["packages/stores/src/a.ts", 'import {\n  a,\n} from "@sessionhook/conformance";', "must not import"],
    ["packages/receiver/src/a.ts", 'import "../../core/src/errors.js";', "by its path"],
    ["packages/receiver/src/a.ts", 'import { readFileSync } from "node:fs";', "one runtime only"],
    ["packages/inbox/src/a.ts", 'import { Database } from "bun:sqlite";', "one runtime only"],
    ["packages/core/src/a.ts", "export const x = Deno.env;", "one runtime only"],
    ["packages/core/src/a.ts", 'export const x = Buffer.from("");', "one runtime only"],
    [
      "packages/receiver/src/a.ts",
      'import { x } from "@sessionhook/core/schemas";',
      "loads zod at the start",
    ],
    ["apps/node/src/a.ts", "\n".repeat(61), "at most 60"],
    [
      "packages/stores/src/sqlite/a.ts",
      'import { openSync, statSync } from "node:fs";',
      "openSync could open",
    ],
    ["packages/stores/src/sqlite/a.ts", 'import * as fs from "fs";', "* as fs could open"],
    ["packages/stores/src/sqlite.ts", 'import { copyFile } from "node:fs/promises";', "copyFile could open"],
    ["packages/standalone/src/keeper/a.ts", 'const fs = await import("node:fs");', "could open"],
    ["apps/bun/src/a.ts", "await Bun.file(path).text();", "Bun.file could open"],
    ["apps/deno/src/a.ts", "Deno.readFileSync(path);", "Deno.readFileSync could open"],
    [
      "benchmarks/src/a.ts",
      'import {\n  readFileSync as read,\n} from "node:fs";',
      "readFileSync could open",
    ],
    ["packages/attic/src/a.ts", "", "has no line"],
  ])("finds what is wrong in %s: %s", (file, source, expected) => {
    expect(breaches(file, source).join()).toContain(expected);
  });

  it.each([
    [
      "packages/core/src/signature/crypto-node.ts",
      'import { createHmac } from "node:crypto"; Buffer.from("");',
    ],
    [
      "packages/receiver/src/a.ts",
      'import { x } from "@sessionhook/core"; // like Buffer.from\nconst text = "process.env";',
    ],
    [
      "packages/receiver/src/a.ts",
      'import type { x } from "@sessionhook/core/schemas";\nimport { y } from "@sessionhook/core";',
    ],
    ["packages/stores/src/a.test.ts", 'import { x } from "@sessionhook/conformance/event-store-suite";'],
    [
      "packages/core/src/a.test.ts",
      'import { readFileSync } from "node:fs"; import x from "@sessionhook/fixtures";',
    ],
    ["apps/node/src/a.ts", "\n".repeat(60)],
    [
      "packages/stores/src/sqlite/a.ts",
      'import { statSync, type Stats, linkSync } from "node:fs"; import type { PathLike } from "node:fs";',
    ],
    ["packages/stores/src/sqlite/a.test.ts", 'import { readFileSync } from "node:fs";'],
    ["packages/standalone/src/start.ts", 'import { readFileSync } from "node:fs";'],
  ])("lets %s be: %s", (file, source) => {
    expect(breaches(file, source)).toEqual([]);
  });
});
