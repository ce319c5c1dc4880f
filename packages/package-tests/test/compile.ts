import { spawnSync } from "node:child_process";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("..", import.meta.url));
const root = join(here, "..", "..");
const tsc = join(root, "node_modules", ".bin", "tsc");

/** The source file of every entry of every workspace package, by import specifier. */
const sources = Object.fromEntries(
  globSync("packages/*/package.json", { cwd: root }).flatMap((file) => {
    const { name, exports = {} } = JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest;
    return Object.entries(exports).flatMap(([entry, target]) => {
      const path = typeof target === "string" ? target : target["@sessionhook/source"];
      return [[name + entry.slice(1), [join(root, dirname(file), path ?? "")]]];
    });
  }),
) as Readonly<Record<string, readonly string[]>>;

interface Manifest {
  readonly name: string;
  readonly exports?: Readonly<Record<string, string | { readonly "@sessionhook/source"?: string }>>;
}

/** The settings of a strict project, which finds the workspace's packages by their sources. */
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
  typeRoots: [join(root, "node_modules", "@types")],
  types: ["node"],
  customConditions: ["@sessionhook/source"],
  paths: sources,
  jsx: "react-jsx",
  jsxImportSource: "hono/jsx",
};

/**
 * Type-checks files with the workspace's TypeScript in a separate folder and returns the errors, as
 * `file(line,column): error TS…`.
 * @param files the text of each file by its name
 * @param packageFolder the workspace package whose dependencies the files may import; default: this one
 */
export function compile(
  files: Readonly<Record<string, string>>,
  packageFolder = here,
  options: Readonly<Record<string, unknown>> = {},
): string[] {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "sessionhook-compile-"));
  try {
    symlinkSync(join(packageFolder, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const config = { compilerOptions: { ...strict, ...options }, files: Object.keys(files) };
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
