import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { licenceBreaches, publishBreaches, rangeBreaches, shipped } from "./check-dependencies.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const PATH = `${join(root, "node_modules", ".bin")}${delimiter}${process.env["PATH"]}`;
const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [join(root, "scripts", script), ...args], {
    cwd: root,
    env: { ...process.env, PATH },
    encoding: "utf8",
  });

describe("the check of dependencies", () => {
  it("finds no fault in this repository", () => {
    const { status, stdout, stderr } = run("check-dependencies.ts");
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^\d+ packages of others are shipped, under /);
  });

  it.each([
    ["GPL-3.0-only", false],
    ["Unknown", false],
    ["MPL-2.0", false],
    ["(MIT OR GPL-3.0-only)", true],
    ["MIT AND GPL-3.0-only", false],
    ["Apache-2.0 AND MIT", true],
    ["ISC", true],
  ])("reports whether the licence %s is allowed: %s", (licence, fine) => {
    const breaches = licenceBreaches({ [licence]: [{ name: "left-pad", versions: ["1.0.0"] }] });
    expect(breaches).toHaveLength(fine ? 0 : 1);
    expect(breaches.join()).toContain(fine ? "" : `left-pad@1.0.0: the licence ${licence}`);
  });

  it.each([
    ["{}", "ERR_PNPM_BROKEN_LOCKFILE"],
    ["{commit: abc, repo: https://example.test/a.git, type: git}", "ERR_PNPM_RESOLUTION_SHAPE_MISMATCH"],
  ])("relies on pnpm to reject the resolution %s in a lockfile", (resolution, expected) => {
    const folder = mkdtempSync(join(tmpdir(), "lockfile-"));
    writeFileSync(join(folder, "package.json"), '{ "dependencies": { "zod": "1.0.0" } }');
    writeFileSync(join(folder, "pnpm-workspace.yaml"), "packages: [.]");
    writeFileSync(
      join(folder, "pnpm-lock.yaml"),
      `lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      zod:\n        specifier: 1.0.0\n        version: 1.0.0\n\npackages:\n\n  zod@1.0.0:\n    resolution: ${resolution}\n\nsnapshots:\n\n  zod@1.0.0: {}\n`,
    );
    const args = ["install", "--frozen-lockfile", "--offline"];
    const { status, stderr } = spawnSync("pnpm", args, {
      cwd: folder,
      env: { ...process.env, PATH },
      encoding: "utf8",
    });
    rmSync(folder, { recursive: true });
    expect([status, stderr]).toEqual([1, expect.stringContaining(expected)]);
  });

  it.each(["^1.0.0", "~1.0.0", "latest", "*", "1.x", ">=1.0.0", "github:a/b", "https://example.test/a.tgz"])(
    "refuses the version %s",
    (version) => {
      expect(rangeBreaches({ name: "a", devDependencies: { b: version } })).toHaveLength(1);
    },
  );

  it.each(["dependencies", "devDependencies", "optionalDependencies"])("looks for them in %s", (group) => {
    // Beside an exact version of the same name in every other one.
    const exact = {
      dependencies: { b: "1.0.0" },
      devDependencies: { b: "1.0.0" },
      optionalDependencies: { b: "1.0.0" },
    };
    expect(rangeBreaches({ name: "a", ...exact, [group]: { b: "^1.0.0" } })).toEqual([
      "a: b is not exact: ^1.0.0",
    ]);
  });

  it.each(["1.0.0", "1.0.0-rc.1", "workspace:*"])("takes the version %s", (version) => {
    expect(rangeBreaches({ name: "a", dependencies: { b: version } })).toEqual([]);
  });

  it("requires provenance, a licence and a repository in published packages", () => {
    expect(publishBreaches({ name: "a", private: true })).toEqual([]);
    expect(publishBreaches({ name: "a" })).toHaveLength(3);
  });

  it("counts apps and published packages as shipped, but not test packages", () => {
    expect(shipped()).toEqual(
      expect.arrayContaining(["--filter=@sessionhook/core", "--filter=@sessionhook/node"]),
    );
    expect(shipped().join()).not.toMatch(/conformance|fixtures|benchmarks|torture|workspace/);
  });

  it("writes a bill of materials of the shipped packages", () => {
    const folder = mkdtempSync(join(tmpdir(), "sbom-"));
    const file = join(folder, "sbom.json");
    expect(run("write-sbom.ts", file).status).toBe(0);
    const sbom = JSON.parse(readFileSync(file, "utf8")) as {
      bomFormat: string;
      components: {
        purl: string;
        licenses: unknown[];
        externalReferences?: { hashes?: { alg: string }[] }[];
      }[];
    };
    rmSync(folder, { recursive: true });
    expect(sbom.bomFormat).toBe("CycloneDX");
    const hono = sbom.components.find(({ purl }) => purl.startsWith("pkg:npm/hono@"));
    expect(hono?.licenses).toEqual([{ license: { id: "MIT" } }]);
    expect(JSON.stringify(hono)).toContain("SHA-512");
    expect(sbom.components.filter(({ purl }) => /vitest|fast-check|svix/.test(purl))).toEqual([]);
  });
});
