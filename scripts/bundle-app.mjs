// Bundles a built app of a long-running runtime: loading its 300 modules one by one would take longer than everything else
// before it listens. Plain JavaScript for Node 20.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Files that worker threads start with; the bundle has them beside the code that starts the threads. */
const threads = ["writer/writing-thread", "writer/checkpoint-thread", "delivery/delivering-thread"];
const conditions = { node: [], bun: ["bun"], deno: ["deno"] };

/**
 * Replaces the JavaScript in an app's dist folder by its bundle, unless that is up to date. The files of the bundle before stay:
 * an app that is running may not have loaded all of them yet.
 * @param {"node" | "bun" | "deno"} runtime
 */
export async function bundleApp(runtime) {
  const app = join(root, "apps", runtime);
  const dist = join(app, "dist");
  const [markFile, mark] = [join(dist, ".bundled"), markOf(app)];
  const last = existsSync(markFile) ? readFileSync(markFile, "utf8") : "";
  const [lastMark, lastFiles = ""] = last.split("\n\n");
  if (lastMark === mark) return;
  const { build } = await import("esbuild");
  const ofThreads = threads.map((name) => join(root, "packages", "server", "dist", `${name}.js`));
  const { metafile } = await build({
    entryPoints: [join(app, "src", "main.ts"), ...ofThreads],
    outdir: dist,
    entryNames: "[name]",
    bundle: true,
    splitting: true,
    platform: "node",
    mainFields: ["module", "main"],
    target: "node22",
    format: "esm",
    conditions: ["module", ...conditions[runtime]],
    logLevel: "error",
    metafile: true,
  });
  const files = Object.keys(metafile.outputs).map((file) => basename(file));
  const needed = new Set([...files, ...lastFiles.split("\n")]);
  for (const name of readdirSync(dist))
    if (/\.js(?:\.map)?$/.test(name) && !needed.has(name)) rmSync(join(dist, name));
  // Otherwise Deno reads the package.json of every workspace member above, which takes as long as loading the app.
  if (runtime === "deno")
    writeFileSync(join(dist, "deno.json"), '{ "workspace": [], "nodeModulesDir": "manual" }\n');
  writeFileSync(markFile, [mark, "", ...files].join("\n"));
}

/** Changes whenever TypeScript builds a package or the app, and with the versions of the dependencies. */
function markOf(app) {
  const packages = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  const inputs = [...packages, app].map((folder) => join(folder, "dist", ".tsbuildinfo")).filter(existsSync);
  return [...inputs, join(root, "pnpm-lock.yaml"), fileURLToPath(import.meta.url)]
    .map((file) => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`)
    .join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleApp(process.argv[2]);
