import { execFileSync } from "node:child_process";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, root } from "../paths.ts";

const version = "13.2.0";

/**
 * The path of better-sqlite3, installed the first time, and compiled where it brings nothing for this platform; or why it
 * cannot be had. Not a dependency of the workspace: it would need a compiler on some machines.
 */
export function betterSqlite3(): { path: string } | { reason: string } {
  const folder = cacheFolder(`better-sqlite3-${version}-node-${process.versions.node}`);
  const path = join(folder, "node_modules", "better-sqlite3", "lib", "index.js");
  if (existsSync(path)) return { path };
  const manifest = { private: true, allowScripts: { [`better-sqlite3@${version}`]: true } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  const nodedir = nodeFolder();
  const env = { ...process.env, ...(nodedir === undefined ? {} : { npm_config_nodedir: nodedir }) };
  process.stderr.write("Installing better-sqlite3, once …\n");
  try {
    const args = ["install", "--no-audit", "--no-fund", `better-sqlite3@${version}`];
    execFileSync("npm", args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    return { reason: `better-sqlite3 cannot be installed here: ${String(error).split("\n")[0]}` };
  }
  return { path };
}

/** Where the headers of the pinned Node are. */
function nodeFolder(): string | undefined {
  const folder = join(root, "node_modules", `node-${process.platform}-${process.arch}`);
  return existsSync(join(folder, "include")) ? realpathSync(folder) : undefined;
}
