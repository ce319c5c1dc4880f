import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.js";
import { importedBy, installedBy } from "./named-packages.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** Names that a snippet uses from the app around it; the text beside it explains them. */
const given: Readonly<Record<string, readonly string[]>> = {
  "README.md": ["declare const rawBody: Uint8Array, headers: Headers;"],
  "packages/inbox/README.md": [
    'import type { EventLog } from "@sessionhook/core";',
    'import type { Hono } from "hono";',
    "declare const store: EventLog, adminToken: string, origin: string, app: Hono;",
    "declare const logger: { error(error: unknown): void };",
  ],
  "packages/handler/README.md": [
    'import type { IdentitySessionFinalizedEvent } from "@sessionhook/core";',
    'declare function saveSession(id: string, data: IdentitySessionFinalizedEvent["data"]): Promise<void>;',
  ],
  "packages/simulator/README.md": ["declare const url: string, secret: string;"],
  "packages/stores/README.md": [
    'import type { EventLog, NewEvent } from "@sessionhook/core";',
    'import { describeEventLog } from "@sessionhook/conformance/event-log-suite";',
    'import type { D1Binding } from "@sessionhook/stores/d1";',
    "declare const event: NewEvent, env: { DB: D1Binding }, place: string;",
    "declare function openMyStore(place: string): Promise<EventLog>;",
    "declare function removePlace(place: string): Promise<void>;",
  ],
};

/** The TypeScript of a page, one module a snippet: what is given first, so that line numbers are those of the page. */
function snippets(page: string): Record<string, string> {
  const blocks = readFileSync(join(root, page), "utf8").matchAll(
    /^```(?:ts|typescript|tsx)\n([\s\S]*?)^```$/gm,
  );
  return Object.fromEntries(
    [...blocks].map(([, code = ""], i) => [
      `snippet-${i + 1}.ts`,
      `${code}\nexport {};\n${(given[page] ?? []).join("\n")}\n`,
    ]),
  );
}

/** The pages with snippets, except docs/guides, whose snippets are files that the tests run: guides.test.ts. */
const pages = globSync(["*.md", "{packages,apps,consumers}/*/*.md", "docs/**/*.md"], { cwd: root })
  .filter((page) => !page.startsWith("docs/guides/") && !page.includes("node_modules"))
  .filter((page) => Object.keys(snippets(page)).length > 0)
  .toSorted();

describe("the snippets of every page", () => {
  it("are found", () => {
    expect(pages).toContain("packages/core/README.md");
    expect(pages.length).toBeGreaterThan(6);
  });

  it.each(pages)("%s: they compile under strict", (page) => {
    const own = page.startsWith("packages/") ? join(root, dirname(page)) : undefined;
    expect(compile(snippets(page), own)).toEqual([]);
  });

  it.each(pages)("%s: an install command names the packages that they import", (page) => {
    const text = readFileSync(join(root, page), "utf8");
    const installed = installedBy(text);
    expect(installed.length === 0 ? [] : importedBy(text)).toEqual(installed);
  });

  it.each(pages.filter((page) => page.startsWith("packages/")))(
    "%s: they import the package itself, and others only that it works with",
    (page) => {
      const manifest = JSON.parse(readFileSync(join(root, dirname(page), "package.json"), "utf8")) as {
        name: string;
        dependencies?: Record<string, string>;
        devDependencies?: Record<string, string>;
      };
      const { name, dependencies = {}, devDependencies = {} } = manifest;
      const imported = importedBy(readFileSync(join(root, page), "utf8"));
      expect(imported).toContain(name);
      const allowed = new Set([name, ...Object.keys(dependencies), ...Object.keys(devDependencies)]);
      expect(imported.filter((one) => !allowed.has(one))).toEqual([]);
    },
  );
});
