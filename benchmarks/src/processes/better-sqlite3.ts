import { execFileSync } from "node:child_process";
import { existsSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder, root } from "../paths.ts";

const version = "13.2.0";

/**
 * Returns the path of better-sqlite3, or the reason why it is not available. Installs it on the first call and compiles it
 * where there is no prebuilt binary. It is not a dependency of the workspace because some machines have no compiler.
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
    return { reason: `better-sqlite3 cannot be installed: ${String(error).split("\n")[0]}` };
  }
  return { path };
}

/** Returns the folder with the headers of the pinned Node, or undefined when it has none. */
function nodeFolder(): string | undefined {
  const folder = join(root, "node_modules", `node-${process.platform}-${process.arch}`);
  return existsSync(join(folder, "include")) ? realpathSync(folder) : undefined;
}
