import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const versionsIn = (file: string) => [
  ...readFileSync(new URL(`../${file}`, import.meta.url), "utf8").matchAll(/wrangler@(\d[\d.]*\d)/g),
];

it("every command and the configuration of the Worker name the same version of Wrangler", () => {
  const found = [
    "scripts/run.mjs",
    "docs/runtimes/cloudflare-workers.md",
    "apps/cloudflare-workers/wrangler.jsonc",
  ].map((file) => new Set(versionsIn(file).map(([, version]) => version)));
  const [[version] = []] = found;
  expect(version).toBeDefined();
  expect(found).toEqual(found.map(() => new Set([version])));
});
