import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { execute, root } from "./consumer.js";

/** Registers a test of the installed packages. */
type Installed = (name: string, body: () => Promise<void>) => void;

const readme = readFileSync(join(root, "packages", "core", "README.md"), "utf8");

/** Tests the advice of core's README for tools that need settings to load ES modules. */
export function describeOlderTools(installed: Installed, consumer: () => string): void {
  /** Creates a CommonJS project in a folder below the consumer. */
  function project(name: string, file: string, as = file): string {
    const folder = join(consumer(), name);
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(consumer(), file), join(folder, as));
    writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
    return folder;
  }
  const workspaceTsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const olderTsc = () => join(consumer(), "node_modules", "typescript-5.4", "bin", "tsc");
  /** Compiles older.ts and returns the errors, without those of the declarations of other packages. */
  async function compile(folder: string, tsc: string, options: Readonly<Record<string, unknown>>) {
    const strict = {
      target: "es2022",
      lib: ["es2023", "dom", "dom.iterable"],
      strict: true,
      types: ["node"],
    };
    const config = { compilerOptions: { ...strict, ...options }, files: ["older.ts"] };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const told = await execute("node", [tsc, "--pretty", "false"], folder).catch(
      (error: { stdout: string }) => {
        if (error.stdout.includes("error TS")) return error.stdout;
        throw error;
      },
    );
    return told
      .split("\n")
      .filter((line) => line.includes("error TS") && !/node_modules\/(?!@sessionhook)/.test(line));
  }
  const printed = '["identity.unheard.of",{"type":"identity.unheard.of"},false,8]\n';

  typeChecks("nodenext", { module: "nodenext" });
  typeChecks("bundler", { module: "esnext", moduleResolution: "bundler" });
  function typeChecks(resolution: string, options: object): void {
    installed(`type-check under TypeScript 5.4 and moduleResolution ${resolution}`, async () => {
      expect(await compile(consumer(), olderTsc(), { ...options, noEmit: true })).toEqual([]);
    });
  }

  installed("compile under TypeScript 5.4 and module commonjs, and run", async () => {
    const folder = project("commonjs", "older.ts");
    expect(readme).toContain('`"skipLibCheck": true`');
    expect(await compile(folder, olderTsc(), { module: "commonjs", skipLibCheck: true })).toEqual([]);
    expect(readFileSync(join(folder, "older.js"), "utf8")).toContain('require("@sessionhook/core")');
    expect(await execute("node", ["older.js"], folder)).toBe(printed);
  });

  installed(
    "module node16 from CommonJS: TypeScript refuses; module nodenext, as the README says, runs",
    async () => {
      const folder = project("node16", "older.ts");
      const refused = await compile(folder, workspaceTsc, { module: "node16", noEmit: true });
      expect(refused.join()).toContain("error TS1479");
      expect(readme).toContain('`"module": "nodenext"`');
      expect(await compile(folder, workspaceTsc, { module: "nodenext" })).toEqual([]);
      expect(await execute("node", ["older.js"], folder)).toBe(printed);
    },
  );

  installed("run under Jest with the setting that the README names, and not without it", async () => {
    const folder = project("jest", "jest.test.js");
    const jest = join(consumer(), "node_modules", "jest", "bin", "jest.js");
    const flag = "--experimental-vm-modules";
    expect(readme).toContain(`NODE_OPTIONS=${flag}`);
    await expect(execute("node", [jest, "--ci"], folder)).rejects.toThrow(
      "Must use import to load ES Module",
    );
    await execute("node", [flag, jest, "--ci"], folder);
  });

  installed("load with import() where require of ES modules is switched off", async () => {
    const flag = "--no-experimental-require-module";
    const run = (code: string) => execute("node", [flag, "--input-type=commonjs", "-e", code], consumer());
    expect(readme).toContain(`\`${flag}\``);
    await expect(run('require("@sessionhook/core")')).rejects.toThrow("ERR_REQUIRE_ESM");
    expect(await run('import("@sessionhook/core").then(({ unwrap }) => console.log(typeof unwrap))')).toBe(
      "function\n",
    );
    expect(readme).toContain('await import("@sessionhook/core")');
  });
}
