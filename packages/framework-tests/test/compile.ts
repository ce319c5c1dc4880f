import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(here, "..", "..", "node_modules", ".bin", "tsc");

/** The settings of a strict project; `source` resolves the workspace to its TypeScript. */
const strict = {
  module: "nodenext",
  target: "es2023",
  lib: ["es2024", "dom", "dom.iterable"],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  noEmit: true,
  typeRoots: [join(here, "..", "..", "node_modules", "@types")],
  types: ["node"],
  customConditions: ["source"],
};

/**
 * Type-checks files with the workspace's TypeScript in a folder of their own and returns the errors, as
 * `file(line,column): error TS…`.
 * @param sources the text of each file by its name
 * @param packageFolder the workspace package whose dependencies the files may import; default: this one
 */
export function compile(
  sources: Readonly<Record<string, string>>,
  packageFolder: string = here,
  options: Readonly<Record<string, unknown>> = {},
): string[] {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "sessionhook-compile-"));
  try {
    symlinkSync(join(packageFolder, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const [name, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const config = { compilerOptions: { ...strict, ...options }, files: Object.keys(sources) };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    const { status, stdout, error } = spawnSync(tsc, ["-p", ".", "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
    if (error !== undefined) throw error;
    const errors = stdout.split("\n").filter((line) => / error TS\d+: /.test(line));
    if (status !== 0 && errors.length === 0) throw new Error(`tsc failed: ${stdout}`);
    return errors;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
