import { sep } from "node:path";

/**
 * Code of processes that hold an SQLite database open. Closing any descriptor of the database, its -wal or its -shm drops
 * the locks of the whole process, whoever took them (https://sqlite.org/howtocorrupt.html, section 2.2), so only SQLite
 * may open them there.
 */
const besideDatabases = [
  "packages/stores/src/sqlite",
  "packages/standalone/src/",
  "apps/node/src/",
  "apps/bun/src/",
  "apps/deno/src/",
  "benchmarks/src/",
];

/** Functions of node:fs that take a path and open nothing; each with its forms for callbacks and promises. */
const byPath = new Set(
  "access chmod chown exists link lstat mkdir mkdtemp readdir realpath rename rm rmdir stat statfs symlink unlink".split(
    " ",
  ),
);

/** Files that open other files than databases, and what for. */
const exceptions: Readonly<Record<string, string>> = {
  "packages/stores/src/sqlite/publish.ts": "a copy that no connection has open, and folders",
  "packages/standalone/src/credentials.ts": "credentials.json",
  "packages/standalone/src/start.ts": "the configuration file, before the store is open",
  "benchmarks/src/load/requests.ts": "requests to send",
  "benchmarks/src/processes/better-sqlite3.ts": "a package.json",
  "benchmarks/src/processes/server-process.ts": "/proc",
  "benchmarks/src/report/document.ts": "a page of the documentation",
};

const fsImport =
  /(?:^|[\s;}])(?:import|export)\s+(type\s)?([^"';]*?)\s*from\s*["'](?:node:)?fs(?:\/promises)?["']/g;
const otherWays =
  /\bBun\.(?:file|write)\b|\bDeno\.(?!permissions|serve|env|build|exit)\w*(?:open|read|write|copy|create|truncate)\w*|\bgetBuiltinModule\b|\b(?:import|require)\(\s*["'](?:node:)?fs\b/gi;

/** Every way by which a file of such a process could open a file, one sentence each. */
export function accessBreaches(file: string, code: string): string[] {
  const path = file.split(sep).join("/");
  if (/\.test\.tsx?$/.test(path) || path in exceptions) return [];
  if (!besideDatabases.some((prefix) => path.startsWith(prefix))) return [];
  const found = [...code.matchAll(otherWays)].map(([way]) => way);
  for (const [, type, names = ""] of code.matchAll(fsImport))
    if (type === undefined) found.push(...opening(names));
  return found.map(
    (way) =>
      `${file}: ${way} could open a database beside SQLite, which drops its locks (see scripts/file-access.ts)`,
  );
}

/** The imported names that open files; the whole clause where it imports everything. */
function opening(clause: string): string[] {
  const inBraces = /^\{([^}]*)\}$/.exec(clause.trim())?.[1];
  if (inBraces === undefined) return [clause.trim()];
  const names = inBraces.split(",").map((name) => name.trim().split(/\s+as\s+/)[0] ?? "");
  return names.filter(
    (name) => name !== "" && !name.startsWith("type ") && !byPath.has(name.replace(/Sync$/, "")),
  );
}
