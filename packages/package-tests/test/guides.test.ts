import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importedBy, installedBy } from "./named-packages.js";

const here = fileURLToPath(new URL("..", import.meta.url));
const guides = fileURLToPath(new URL("../../../docs/guides/", import.meta.url));

/** Every file a snippet may be: all of them run in the tests beside this one. */
const snippets = new Map(
  globSync("{src,sveltekit/src}/**/*.ts", { cwd: here }).map((file) => [
    readFileSync(`${here}/${file}`, "utf8"),
    file,
  ]),
);

const expected: Record<string, readonly string[]> = {
  "README.md": ["src/handler/everything.ts", "src/handler/durable.ts"],
  "core.md": ["src/core/receive.ts"],
  "express.md": ["src/express/app.ts", "src/express/raw-body.ts"],
  "fastify.md": ["src/fastify/app.ts"],
  "hono.md": ["src/hono/app.ts"],
  "nextjs.md": ["src/nextjs/app/webhooks/route.ts"],
  "node-http.md": ["src/node-http/server.ts"],
  "remix.md": ["src/remix/routes/webhooks.ts"],
  "sveltekit.md": ["sveltekit/src/env.ts", "sveltekit/src/routes/webhooks/+server.ts"],
  "test-your-verifier.md": ["src/vectors/misjudged.ts"],
};

/** Pages about other languages and generators: consumers/ tests those. */
const testedElsewhere = new Set([
  "generators.md",
  "go.md",
  "java.md",
  "openapi-generator.md",
  "python.md",
  "rust.md",
  "signature-libraries.md",
  "typescript.md",
]);

describe("docs/guides", () => {
  it("make packages with the pinned pnpm", () => {
    const { devDependencies } = JSON.parse(readFileSync(`${guides}../../package.json`, "utf8")) as {
      devDependencies: { pnpm: string };
    };
    const versions = [...readFileSync(`${guides}README.md`, "utf8").matchAll(/pnpm@([\d.]+)/g)];
    expect(new Set(versions.map(([, version]) => version))).toEqual(new Set([devDependencies.pnpm]));
  });

  it("that only read the JSON Schema say how to pack it from a clone", () => {
    const texts = [...testedElsewhere].map((page) => readFileSync(`${guides}${page}`, "utf8"));
    const packing = texts.filter((text) => text.includes("npm pack @sessionhook/json-schema"));
    expect(packing.length).toBeGreaterThan(4);
    expect(packing.filter((text) => !text.includes("(README.md#the-json-schema)"))).toEqual([]);
  });

  it("has a tested page for each framework, and no page untested", () => {
    const pages = globSync("*.md", { cwd: guides }).filter((page) => !testedElsewhere.has(page));
    expect(pages.toSorted()).toEqual(Object.keys(expected).toSorted());
  });

  for (const [page, files] of Object.entries(expected)) {
    it(`${page}: every snippet is a file that the tests run`, () => {
      const text = readFileSync(`${guides}${page}`, "utf8");
      const blocks = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, kind]) => kind !== "sh");
      expect(blocks.map(([, , code = ""]) => snippets.get(code) ?? code)).toEqual(files);
    });

    // The snippets run with the packages of the workspace, whatever the page installs.
    it(`${page}: its install command names the packages that its snippets import`, () => {
      const text = readFileSync(`${guides}${page}`, "utf8");
      expect(installedBy(text)).toEqual(importedBy(text));
      expect(importedBy(text)).not.toEqual([]);
    });

    it(`${page}: its links have targets`, () => {
      const text = readFileSync(`${guides}${page}`, "utf8");
      const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = ""]) => link);
      const missing = links.filter((link) => globSync(link, { cwd: guides }).length === 0);
      expect(missing).toEqual([]);
    });
  }
});
