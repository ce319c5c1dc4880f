import { execFileSync } from "node:child_process";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, root } from "../paths.ts";

const version = "13.2.0";

/**
 * The path of better-sqlite3, compiled for this Node the first time (about two minutes); or why it cannot be had. Not a
 * dependency of the workspace: it would need a compiler on every machine.
 */
export function betterSqlite3(): { path: string } | { reason: string } {
  const folder = cacheFolder(`better-sqlite3-${version}-node-${process.versions.node}`);
  const installed = join(folder, "node_modules", "better-sqlite3");
  const path = join(installed, "lib", "index.js");
  if (existsSync(join(installed, "build", "Release", "better_sqlite3.node"))) return { path };
  const manifest = { private: true, allowScripts: { [`better-sqlite3@${version}`]: true } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const nodedir = nodeFolder();
  const env = { ...process.env, ...(nodedir === undefined ? {} : { npm_config_nodedir: nodedir }) };
  process.stderr.write("Compiling better-sqlite3, once …\n");
  try {
    const args = ["install", "--no-audit", "--no-fund", `better-sqlite3@${version}`];
    execFileSync("npm", args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    return { reason: `better-sqlite3 does not compile here: ${String(error).split("\n")[0]}` };
  }
  return { path };
}

/** Where the headers of the pinned Node are. */
function nodeFolder(): string | undefined {
  const folder = join(root, "node_modules", `node-${process.platform}-${process.arch}`);
  return existsSync(join(folder, "include")) ? realpathSync(folder) : undefined;
}
