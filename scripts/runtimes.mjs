// How the long-running apps are started, one place for `npm run start:…` and the tests. Plain JavaScript for Node 20.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = (app) => join(root, "apps", app, "dist", "main.js");

/** Runtimes with an app of their own: the arguments that start it, for an environment. */
const apps = {
  node: () => [main("node")],
  bun: () => [main("bun")],
  deno: (env) => ["run", "--no-prompt", ...denoPermissions(env), main("deno")],
};

/**
 * The program and the arguments that start the app of a runtime, or the reason why it cannot run here.
 * @param {"node" | "bun" | "deno"} runtime
 * @param {Record<string, string | undefined>} env the settings the app will see
 */
export function startCommand(runtime, env) {
  const file = runtimeBinary(runtime);
  if (file === undefined)
    return { reason: `no ${runtime} binary for ${process.platform} ${process.arch} in node_modules` };
  return { file, args: apps[runtime](env) };
}

/**
 * The binary itself, out of the platform's package: the launchers in .bin need an install script (bun) or do not
 * pass signals on (deno). Undefined where the registry has none for this platform.
 * @param {"node" | "bun" | "deno"} runtime
 */
export function runtimeBinary(runtime) {
  if (runtime === "node") {
    const pinned = join(root, "node_modules", ".bin", "node");
    return existsSync(pinned) ? pinned : process.execPath;
  }
  const { platform } = process;
  const exe = platform === "win32" ? ".exe" : "";
  const musl = platform === "linux" && isMusl();
  const bunArch = process.arch === "arm64" ? "aarch64" : process.arch;
  const bunOs = platform === "win32" ? "windows" : platform;
  return runtime === "bun"
    ? inPackage("bun", `@oven/bun-${bunOs}-${bunArch}${musl ? "-musl" : ""}`, `bin/bun${exe}`)
    : inPackage(
        "deno",
        `@deno/${platform}-${process.arch}${platform === "linux" ? (musl ? "-musl" : "-glibc") : ""}`,
        `deno${exe}`,
      );
}

/** A file of a package that another package depends on: pnpm shows it to that package alone. */
function inPackage(app, name, file) {
  try {
    const launcher = createRequire(join(root, "apps", app, "package.json")).resolve(`${app}/package.json`);
    return join(dirname(createRequire(launcher).resolve(`${name}/package.json`)), file);
  } catch {
    return undefined;
  }
}

function isMusl() {
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined;
}

/**
 * Exactly what the app needs with these settings; see docs/runtimes/deno.md. A setting that is no good is left out
 * here: the app names it better than Deno would name a bad permission.
 */
function denoPermissions(env) {
  const { HOST = "127.0.0.1", PORT = "8787", SESSIONHOOK_STORE = "sqlite:./data/sessionhook.db" } = env;
  const address = `${HOST.includes(":") ? `[${HOST}]` : HOST}:${PORT}`;
  const folder = SESSIONHOOK_STORE.startsWith("sqlite:")
    ? dirname(SESSIONHOOK_STORE.slice("sqlite:".length))
    : "data";
  const config = env.SESSIONHOOK_CONFIG ?? "sessionhook.config.json";
  return [
    "--allow-env",
    ...(/^[\w.:[\]-]+$/.test(address) && Number(PORT) <= 65_535 ? [`--allow-net=${address}`] : []),
    `--allow-read=${[folder, config].filter((path) => path !== "").join(",")}`,
    `--allow-write=${folder}`,
  ];
}
