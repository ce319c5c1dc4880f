import { execFile } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
export const root = fileURLToPath(new URL("../../..", import.meta.url));
const samples = fileURLToPath(new URL("./consumer", import.meta.url));

export interface Manifest {
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, unknown>>;
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports: Record<string, unknown>;
}

/** Every package that is published, with its folder. */
export function publishedPackages(): { folder: string; manifest: Manifest }[] {
  return globSync(["packages/*/package.json", "apps/*/package.json"], { cwd: root })
    .map((file) => ({
      folder: join(root, dirname(file)),
      manifest: JSON.parse(readFileSync(join(root, file), "utf8")) as Manifest,
    }))
    .filter(({ manifest }) => manifest.private !== true);
}

/** Tools that consumers still use: TypeScript from before Uint8Array was generic, and Jest. */
const olderTools = { "typescript-5.4": "npm:typescript@5.4.5", jest: "30.5.2" };

/** An empty folder outside the workspace with the tarballs installed by npm. Rejects as npm does. */
export async function makeConsumer(): Promise<string> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "sessionhook-packed-"));
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  const dependencies: Record<string, string> = { ...olderTools };
  for (const { folder: from, manifest } of publishedPackages()) {
    await execute(join(root, "node_modules", ".bin", "pnpm"), ["pack", "--pack-destination", tarballs], from);
    const file = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
    dependencies[manifest.name] = `file:tarballs/${file}`;
    // What an entry needs only where it is used, such as a database's client, at the version it is tested with.
    for (const peer of Object.keys(manifest.peerDependenciesMeta ?? {}))
      dependencies[peer] = manifest.devDependencies?.[peer] ?? "*";
  }
  cpSync(samples, folder, { recursive: true });
  const manifest = { name: "consumer", private: true, type: "module", dependencies };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--fetch-retries=1"];
  await execute("npm", ["install", ...flags], folder);
  return folder;
}

/** The installed core as JSR would have it: its sources, with imports by JSR's rules. Returns its folder. */
export function makeJsrPackage(consumer: string): string {
  const jsr = join(consumer, "jsr");
  const core = join(consumer, "node_modules", "@sessionhook", "core");
  const { version, dependencies } = JSON.parse(readFileSync(join(core, "package.json"), "utf8")) as {
    version: string;
    dependencies: Record<string, string>;
  };
  cpSync(join(core, "src"), join(jsr, "src"), { recursive: true });
  cpSync(samples, jsr, { recursive: true });
  const examples = join(consumer, "node_modules", "@sessionhook", "json-schema", "examples");
  cpSync(examples, join(jsr, "examples"), { recursive: true });
  const npm = Object.entries(dependencies).flatMap(([name, at]) => [
    [name, `npm:${name}@${at}`],
    [`${name}/`, `npm:/${name}@${at}/`],
  ]);
  const config = {
    name: "@sessionhook/core",
    version,
    license: "MIT",
    exports: {
      ".": "./src/index.ts",
      "./facts": "./src/facts/facts.ts",
      "./standardwebhooks": "./src/standardwebhooks.ts",
    },
    imports: {
      ...(Object.fromEntries(npm) as Record<string, string>),
      "#crypto": "./src/signature/crypto-noble.ts",
      "@sessionhook/json-schema/examples/": "./examples/",
    },
    nodeModulesDir: "none",
    publish: { include: ["src", "deno.json"] },
    unstable: ["sloppy-imports"],
  };
  writeFileSync(join(jsr, "deno.json"), JSON.stringify(config));
  return jsr;
}

/** Standard output of a program, run as if from a shell: without what npm and vitest leave for their children. */
export async function execute(file: string, args: readonly string[], cwd: string): Promise<string> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(?:NODE_OPTIONS|NODE_ENV|INIT_CWD|VITEST|npm_(?:package|lifecycle)_|npm_config_local_)/.test(name),
  );
  const path = `${join(root, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  const env = { ...Object.fromEntries(kept), PATH: path };
  const { stdout } = await run(file, args, { cwd, env, maxBuffer: 16 * 1024 * 1024 });
  return stdout;
}
