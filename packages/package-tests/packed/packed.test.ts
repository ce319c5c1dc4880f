import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { startCommand } from "../../../scripts/runtimes.mjs";
import { workerdMissing } from "@sessionhook/conformance/workerd";
import { describeOlderTools } from "./older-tools.js";
import { execute, makeConsumer, makeJsrPackage, publishedPackages, root } from "./consumer.js";

const expected = {
  type: "identity.session.finalized",
  same: true,
  companyDomain: "acme.example",
  refused: "signature_mismatch",
};

/** Installing needs the registry; a machine without it skips, CI (REQUIRE_PACKED=1) does not. */
const noRegistry = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENOTCACHED|ENETUNREACH/;

/** The binary of a runtime. Where this platform has none the test is skipped, or fails if REQUIRE_RUNTIMES=1. */
function binary(runtime: "bun" | "deno", context: TestContext): string {
  const found = startCommand(runtime, {});
  if (!("reason" in found)) return found.file;
  if (process.env["REQUIRE_RUNTIMES"] === "1") throw new Error(found.reason);
  return context.skip(found.reason);
}

describe("the published packages, packed and installed elsewhere", () => {
  let folder = "";
  let unreachable = false;
  beforeAll(async () => {
    try {
      folder = await makeConsumer();
    } catch (error) {
      unreachable = noRegistry.test(String((error as { stderr?: unknown }).stderr));
      if (!unreachable || process.env["REQUIRE_PACKED"] === "1") throw error;
    }
  }, 180_000);
  afterAll(() => (folder === "" ? undefined : rmSync(folder, { recursive: true, force: true })));

  const installed = (name: string, body: (context: TestContext) => Promise<void> | void) =>
    it(name, async (context) => {
      if (unreachable) context.skip("the registry cannot be reached, so npm cannot install the tarballs");
      await body(context);
    });

  installed("hold no test, no path of the workspace and no workspace: version", () => {
    for (const { manifest } of publishedPackages()) {
      const home = join(folder, "node_modules", manifest.name);
      expect(readFileSync(join(home, "package.json"), "utf8")).not.toContain("workspace:");
      expect(existsSync(join(home, "test"))).toBe(false);
    }
  });

  installed("can be imported in Node by every entry they export", async () => {
    const entries = publishedPackages().flatMap(({ manifest: { name, exports = {} } }) =>
      Object.keys(exports)
        .filter((key) => !key.includes("*") && !(name === "sessionhook" && key === "./main"))
        .map((key) => ({
          from: name + key.slice(1),
          json: key.endsWith(".json") || name.endsWith("schema"),
        })),
    );
    const lines = entries.map(({ from, json }) =>
      from.endsWith("json-schema") || json
        ? `await import("${from}", { with: { type: "json" } });`
        : `await import("${from}");`,
    );
    writeFileSync(join(folder, "entries.js"), `${lines.join("\n")}\nconsole.log(${lines.length});\n`);
    expect(Number(await execute("node", ["entries.js"], folder))).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(10);
  });

  installed("load few files with the root of core, and neither zod nor noble nor node:crypto", async () => {
    const list = `import { registerHooks } from "node:module";
const loaded = new Set();
registerHooks({ load: (url, context, next) => (loaded.add(url), next(url, context)) });
await import("@sessionhook/core");
console.log(JSON.stringify([...loaded]));`;
    const loaded = JSON.parse(await execute("node", ["--input-type=module", "-e", list], folder)) as string[];
    expect(loaded.filter((url) => !url.includes("/node_modules/@sessionhook/core/dist/"))).toEqual([]);
    // Each costs the start of a process about 0.4 ms; with 25 the import takes 1.34 times that of standardwebhooks
    // (`npm run bench -- imports`), and the aim is 1.5.
    expect(loaded.length).toBeLessThanOrEqual(25);
  });

  installed("verify an event in Node", async () => {
    expect(JSON.parse(await execute("node", ["main.js"], folder))).toEqual(expected);
    // A condition that workspaces of users have, too: under node_modules, Node loads no TypeScript.
    expect(JSON.parse(await execute("node", ["--conditions=source", "main.js"], folder))).toEqual(expected);
  });

  installed("run the command line by its own name", async () => {
    expect(
      await execute(join(folder, "node_modules", ".bin", "sessionhook"), ["secret", "new"], folder),
    ).toMatch(/^whsec_/);
  });

  for (const [runtime, args] of [
    ["bun", ["main.js"]],
    ["deno", ["run", "--no-prompt", "main.js"]],
  ] as const) {
    installed(`verify an event in ${runtime}`, async (context) => {
      expect(JSON.parse(await execute(binary(runtime, context), args, folder))).toEqual(expected);
    });
  }

  installed("verify an event in Deno through an npm: specifier", async (context) => {
    const deno = binary("deno", context);
    const code = readFileSync(join(folder, "check.js"), "utf8").replaceAll('from "@sess', 'from "npm:@sess');
    expect(code).toContain('"npm:@sessionhook/core/facts"');
    writeFileSync(join(folder, "check-npm.js"), code);
    writeFileSync(
      join(folder, "main-npm.js"),
      'import { check } from "./check-npm.js";\nconsole.log(JSON.stringify(check()));\n',
    );
    const args = ["run", "--no-prompt", "--node-modules-dir=manual", "main-npm.js"];
    expect(JSON.parse(await execute(deno, args, folder))).toEqual(expected);
  });

  installed(
    "are fit for JSR: a dry run of publishing core's sources, and an event verified from them",
    async (context) => {
      const deno = binary("deno", context);
      const jsr = makeJsrPackage(folder);
      await execute(deno, ["publish", "--dry-run", "--allow-dirty"], jsr);
      expect(JSON.parse(await execute(deno, ["run", "--no-prompt", "main.js"], jsr))).toEqual(expected);
    },
  );

  installed("verify an event in workerd, bundled by esbuild without a module of Node", async (context) => {
    const { outputFiles, metafile } = await build({
      absWorkingDir: folder,
      entryPoints: ["worker.js"],
      bundle: true,
      minify: true,
      format: "esm",
      platform: "neutral",
      target: "es2023",
      conditions: ["workerd", "worker", "browser"],
      mainFields: ["module", "main"],
      metafile: true,
      write: false,
    });
    const externals = Object.values(metafile.outputs).flatMap(({ imports }) => imports);
    expect(externals).toEqual([]);
    const missing = workerdMissing();
    if (missing !== undefined) context.skip(missing);
    // Not before: where there is no workerd, importing it throws.
    const { Miniflare } = await import("miniflare");
    const worker = new Miniflare({
      modules: [{ type: "ESModule", path: "worker.js", contents: outputFiles[0]?.text ?? "" }],
      compatibilityDate: "2026-07-01",
    });
    try {
      const answer = await worker.dispatchFetch("http://worker/");
      expect(await answer.json()).toEqual(expected);
    } finally {
      await worker.dispose();
    }
  });

  const typeChecks: readonly [string, string, object][] = [
    ["under moduleResolution node16", "types.ts", { module: "node16", moduleResolution: "node16" }],
    ["under moduleResolution bundler", "types.ts", { module: "esnext", moduleResolution: "bundler" }],
    ["that exports types of the schemas", "schemas.ts", { module: "nodenext", declaration: true }],
    ["that has no types of the DOM or of Node", "plain.ts", { module: "nodenext", lib: ["es2022"] }],
  ];
  for (const [name, file, options] of typeChecks) {
    installed(`type-check a program ${name}`, async () => {
      const compilerOptions = {
        target: "es2022",
        lib: ["es2024", "dom", "dom.iterable"],
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: false,
        noEmit: true,
        types: [],
        ...options,
      };
      const config = join(folder, "tsconfig.check.json");
      writeFileSync(config, JSON.stringify({ compilerOptions, files: [file] }));
      const tsc = join(root, "node_modules", ".bin", "tsc");
      const output = await execute(tsc, ["-p", config], folder).catch(
        (error: { stdout: string }) => error.stdout,
      );
      expect(output).toBe("");
    });
  }

  describeOlderTools(installed, () => folder);
});
