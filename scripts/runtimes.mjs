// How the long-running apps are started, one place for `npm run start:…` and the tests. Plain JavaScript for Node 20.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join, normalize } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = (app) => join(root, "apps", app, "dist", "main.js");

const oldestVersion = "22.13.0";
const oldestName = `node-linux-${process.arch}`;
const oldestFolder = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "sessionhook",
  `node-${oldestVersion}`,
);

/** The oldest Node that is supported, and where scripts/install-oldest-node.mjs puts it: on Linux only. */
export const oldestNode = {
  version: oldestVersion,
  name: oldestName,
  folder: oldestFolder,
  binary: join(oldestFolder, "node_modules", oldestName, "bin", "node"),
};

/** Without it, Bun downloads each package that the configuration file imports and that is not installed. */
const bunFlags = ["--no-install"];

/** The runtimes that have an app, each with the arguments that start it in an environment. */
const apps = {
  node: () => [main("node")],
  "oldest node": () => [main("node")],
  bun: () => [...bunFlags, main("bun")],
  deno: (env) => ["run", "--no-prompt", ...denoPermissions(env), main("deno")],
};

/**
 * The program and the arguments that start the app of a runtime, or the reason why it cannot run here.
 * @param {"node" | "oldest node" | "bun" | "deno"} runtime
 * @param {Record<string, string | undefined>} env the settings the app will see
 */
export function startCommand(runtime, env) {
  return programOn(runtime, apps[runtime](env));
}

/**
 * The program and the arguments that run the command line on a runtime.
 * @param {"node" | "oldest node" | "bun" | "deno"} runtime
 * @param {readonly string[]} args
 */
export function cliCommand(runtime, args) {
  // Copying a database takes SQLite's ATTACH, which Deno allows only who may do everything.
  const flags = { bun: bunFlags, deno: ["run", "-A"] }[runtime] ?? [];
  return programOn(runtime, [...flags, main("cli"), ...args]);
}

/** The vitest settings of the other runtimes. Bun's node:child_process does not support vitest's forks. */
const vitest = {
  "oldest node": ["node_modules/vitest/vitest.mjs", "run"],
  bun: ["--bun", "node_modules/vitest/vitest.mjs", "run", "--pool=threads"],
  deno: ["run", "-A", "--node-modules-dir=manual", "node_modules/vitest/vitest.mjs", "run"],
};

/**
 * Vitest on a runtime, to be run in the root folder.
 * @param {"oldest node" | "bun" | "deno"} runtime
 * @param {readonly string[]} files
 */
export function vitestCommand(runtime, files) {
  return programOn(runtime, [...vitest[runtime], ...files]);
}

function programOn(runtime, args) {
  const file = runtimeBinary(runtime);
  if (file !== undefined) return { file, args };
  if (runtime === "oldest node")
    return { reason: `Node ${oldestVersion} is not installed: node scripts/install-oldest-node.mjs` };
  return { reason: `no ${runtime} binary for ${process.platform} ${process.arch} in node_modules` };
}

/**
 * The binary of a runtime, out of the registry's package for this platform: the packages "bun" and "deno" need an
 * install script and a launcher that does not pass signals on. Undefined where there is none for this platform.
 * @param {"node" | "oldest node" | "bun" | "deno"} runtime
 */
export function runtimeBinary(runtime) {
  if (runtime === "oldest node") return existsSync(oldestNode.binary) ? oldestNode.binary : undefined;
  if (runtime === "node") {
    const pinned = join(root, "node_modules", ".bin", "node");
    return existsSync(pinned) ? pinned : process.execPath;
  }
  const { platform, arch } = process;
  const exe = platform === "win32" ? ".exe" : "";
  const musl = platform === "linux" && isMusl();
  if (runtime === "bun") {
    const os = platform === "win32" ? "windows" : platform;
    const cpu = arch === "arm64" ? "aarch64" : arch;
    return inPackage("bun", `@oven/bun-${os}-${cpu}${musl ? "-musl" : ""}`, `bin/bun${exe}`);
  }
  const libc = platform !== "linux" ? "" : musl ? "-musl" : "-glibc";
  return inPackage("deno", `@deno/${platform}-${arch}${libc}`, `deno${exe}`);
}

function inPackage(app, name, file) {
  try {
    const manifest = createRequire(join(root, "apps", app, "package.json")).resolve(`${name}/package.json`);
    return join(dirname(manifest), file);
  } catch {
    return undefined;
  }
}

function isMusl() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined;
}

/** The first that exists is read. */
const configFiles = ["ts", "js", "json"].map((kind) => `sessionhook.config.${kind}`);

/**
 * Exactly what the app needs with these settings; see docs/runtimes/deno.md. A setting that is no good is left out
 * here: the app names it better than Deno would name a bad permission.
 */
function denoPermissions(env) {
  const { HOST = "127.0.0.1", PORT = "8787", SESSIONHOOK_STORE = "sqlite:./data/sessionhook.db" } = env;
  const hosts = HOST === "localhost" ? ["127.0.0.1", "[::1]"] : [HOST.includes(":") ? `[${HOST}]` : HOST];
  // Deno looks a name up only if it may reach it on every port.
  const names = /^[\d.]+$|:/.test(HOST) ? [] : [HOST];
  const addresses = [...names, ...hosts.map((host) => `${host}:${PORT}`)].join(",");
  const folder = SESSIONHOOK_STORE.startsWith("sqlite:")
    ? normalize(dirname(SESSIONHOOK_STORE.slice("sqlite:".length)))
    : "data";
  const configs = env.SESSIONHOOK_CONFIG === undefined ? configFiles : [env.SESSIONHOOK_CONFIG];
  const config = configs.find((file) => existsSync(file));
  // Names of destinations resolve to addresses that are not known beforehand.
  const delivers = env.SESSIONHOOK_CONFIG !== undefined || config !== undefined;
  const { reads, folders } = pathsOf(config);
  const net = delivers ? "--allow-net" : `--allow-net=${addresses}`;
  const secrets = [env.SESSIONHOOK_SECRETS_FILE, env.SESSIONHOOK_ADMIN_TOKEN_FILE];
  const paths = (...all) => [...new Set(all)].filter((path) => path !== undefined && path !== "").join(",");
  return [
    "--allow-env",
    ...(/^[\w.:[\],-]+$/.test(addresses) && Number(PORT) <= 65_535 ? [net] : []),
    `--allow-read=${paths(folder, ...configs, ...secrets, ...reads, ...folders)}`,
    `--allow-write=${paths(folder, ...folders)}`,
    "--allow-sys=uid,statfs",
  ];
}

/**
 * The paths that a configuration file needs besides itself. A module imports from its folder; what it names is known only
 * when it runs. JSON names the files of its secrets and the folders of its `files` destinations.
 */
function pathsOf(file) {
  if (file === undefined) return { reads: [], folders: [] };
  if (!file.endsWith(".json")) return { reads: [dirname(file)], folders: [] };
  const found = { reads: [], folders: [] };
  const collect = (_, value) => {
    if (value?.type === "files" && typeof value.path === "string") found.folders.push(normalize(value.path));
    if (typeof value?.file === "string") found.reads.push(normalize(value.file));
    return value;
  };
  try {
    JSON.parse(readFileSync(file, "utf8"), collect);
  } catch {
    // The app names the error.
  }
  return found;
}
