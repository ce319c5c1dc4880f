import { existsSync, globSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { accessBreaches } from "./file-access.ts";

/** Which workspace packages the code of each may import. Nothing else; see docs/architecture.md. */
const arrows: Record<string, readonly string[]> = {
  core: [],
  fixtures: [],
  "json-schema": ["core"],
  stores: ["core"],
  simulator: ["core"],
  receiver: ["core"],
  inbox: ["core"],
  standalone: ["core", "receiver", "inbox", "stores"],
  conformance: ["core", "fixtures", "simulator"],
  "framework-tests": ["core", "receiver", "json-schema"],
  node: ["standalone", "core", "receiver", "inbox", "stores", "simulator"],
  bun: ["standalone", "core", "receiver", "inbox", "stores", "simulator"],
  deno: ["standalone", "core", "receiver", "inbox", "stores", "simulator"],
  "aws-lambda": ["core", "receiver", "inbox", "stores", "simulator"],
  "cloudflare-workers": ["core", "receiver", "inbox", "stores", "simulator"],
  cli: ["core", "simulator", "stores"],
  benchmarks: ["core", "fixtures", "simulator", "stores", "receiver", "standalone"],
  torture: ["core", "simulator", "stores", "receiver"],
};

/** Further arrows of tests: the real memory store instead of a fake, the suites, the data, the apps as processes. */
const testArrows = new Set(["fixtures", "conformance", "stores", "simulator", "core"]);

/** Rooms that run everywhere: no module or global of one runtime. Two files are excepted, by their paths. */
const everywhere = new Set(["core", "receiver", "inbox", "simulator"]);
const runtimeFiles = new Set(
  ["node", "bun"].map((runtime) => join("packages", "core", "src", "signature", `crypto-${runtime}.ts`)),
);
const runtimeSpecific = /^(?:node:|bun:|bun$|cloudflare:|npm:|jsr:)/;
const runtimeGlobal = /(?<![\w.$"'`-])(?:Deno|Bun|process|Buffer|__dirname|require)(?=\s*[.(])/;

/** Apps are wiring: a file longer than this does work that belongs in a package. */
const longestAppFile = 60;
const thinApps = new Set(["node", "bun", "deno", "aws-lambda", "cloudflare-workers"]);

/** Packages that an app loads when it starts. The zod schemas of core would be most of that start. */
const startLean = new Set(["receiver", "stores", "inbox", "standalone", ...thinApps, "cli"]);
const zodSchemas =
  /(?:^|[\s;}])(?:import|export)\s+(?!type\s)(?:[^"';]*?\sfrom\s*)?["']@sessionhook\/core\/schemas["']/;

const importPattern =
  /(?:^|[\s;}])(?:import|export)\s+(?:[^"';]*?\sfrom\s*)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']/g;

/** Every breach of the rules in the tree below `root`, one sentence each. */
export function findBreaches(root: string): string[] {
  const files = globSync(
    ["packages/*/src/**/*.{ts,tsx}", "apps/*/src/**/*.{ts,tsx}", "{benchmarks,torture}/src/**/*.ts"],
    { cwd: root },
  );
  return files.flatMap((file) => breachesOf(file, readFileSync(join(root, file), "utf8")));
}

function breachesOf(file: string, source: string): string[] {
  const room = roomOf(file);
  const test = /\.test\.tsx?$/.test(file);
  const allowed = arrows[room];
  if (allowed === undefined) return [`${file}: the room ${room} has no line in scripts/check-arrows.ts`];
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
  const breaches = accessBreaches(file, code);
  for (const [, from, dynamic] of code.matchAll(importPattern)) {
    const specifier = from ?? dynamic ?? "";
    const target = workspaceRoom(specifier);
    const known = target === undefined || target === room || allowed.includes(target);
    if (!known && !(test && testArrows.has(target)))
      breaches.push(`${file}: ${room} must not import ${specifier}`);
    if (leavesPackage(file, specifier))
      breaches.push(`${file}: ${specifier} reaches into another package by its path`);
    if (!test && everywhere.has(room) && !runtimeFiles.has(file) && runtimeSpecific.test(specifier)) {
      breaches.push(`${file}: ${specifier} exists on one runtime only; ${room} runs on all`);
    }
  }
  if (!test && startLean.has(room) && zodSchemas.test(code))
    breaches.push(`${file}: @sessionhook/core/schemas loads zod at the start; import types of it only`);
  const withoutTexts = code.replaceAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, '""');
  const global = runtimeGlobal.exec(withoutTexts)?.[0];
  if (!test && everywhere.has(room) && !runtimeFiles.has(file) && global !== undefined) {
    breaches.push(`${file}: the global ${global} exists on one runtime only; ${room} runs on all`);
  }
  const lines = source.split("\n").length - 1;
  if (!test && file.startsWith("apps") && thinApps.has(room) && lines > longestAppFile) {
    breaches.push(`${file}: ${lines} lines; an app is wiring, at most ${longestAppFile}`);
  }
  return breaches;
}

function roomOf(file: string): string {
  const [top, name] = file.split(sep);
  return isTop(top) ? top : (name ?? "");
}

/** Rooms beside packages/ and apps/. */
function isTop(folder: string | undefined): folder is string {
  return folder === "benchmarks" || folder === "torture";
}

/** The room a specifier names, or undefined for anything outside the workspace. */
function workspaceRoom(specifier: string): string | undefined {
  if (specifier === "sessionhook" || specifier.startsWith("sessionhook/")) return "cli";
  return /^@sessionhook\/([^/]+)/.exec(specifier)?.[1];
}

function leavesPackage(file: string, specifier: string): boolean {
  if (!specifier.startsWith(".")) return false;
  const [top, name] = file.split(sep);
  const home = isTop(top) ? top : join(top ?? "", name ?? "");
  return relative(home, join(file, "..", specifier)).startsWith("..");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const breaches = existsSync(join(root, "packages")) ? findBreaches(root) : ["there are no packages here"];
  for (const breach of breaches) console.error(breach);
  process.exitCode = breaches.length === 0 ? 0 : 1;
}
