// The import rules of the workspace as lint rules: oxlint.config.ts adds one override for each package.

/** The workspace packages that the code of each may import, besides itself. Nothing else; see docs/architecture.md. */
export const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  fixtures: [],
  "json-schema": ["core"],
  stores: ["core"],
  simulator: ["core"],
  testkit: [],
  ingest: ["core"],
  handler: ["core", "ingest"],
  destinations: ["core"],
  delivery: ["core"],
  receiver: ["core", "ingest"],
  inbox: ["core", "ingest"],
  app: ["core", "ingest", "receiver", "inbox", "delivery", "destinations", "stores"],
  server: ["core", "ingest", "stores", "delivery", "app", "simulator"],
  conformance: ["core", "fixtures", "simulator", "testkit"],
  "package-tests": ["core", "handler", "json-schema"],
  node: ["ingest", "server"],
  bun: ["ingest", "server"],
  deno: ["ingest", "server"],
  demo: ["core", "ingest", "server", "simulator", "stores"],
  "aws-lambda": ["core", "ingest", "stores", "app"],
  "cloudflare-workers": ["core", "ingest", "stores", "app"],
  cli: ["core", "stores", "simulator", "delivery", "destinations", "app"],
  benchmarks: ["core", "fixtures", "simulator", "stores", "handler", "server", "testkit"],
  torture: ["core", "simulator", "stores", "receiver", "testkit"],
};

const apps = new Set(["node", "bun", "deno", "aws-lambda", "cloudflare-workers"]);
const topFolders = new Set(["benchmarks", "torture"]);

/** Packages that run everywhere: they use no module and no global of one runtime. */
const everywhere = new Set([
  "core",
  "ingest",
  "handler",
  "receiver",
  "inbox",
  "delivery",
  "app",
  "simulator",
]);

/** Packages that load when an app or the command line starts. The zod schemas of core would be most of that start. */
const loadedAtStart = new Set([
  "ingest",
  "handler",
  "receiver",
  "inbox",
  "delivery",
  "destinations",
  "stores",
  "app",
  "server",
  "cli",
  ...apps,
]);

/** Code that runs in a process with an open SQLite database: only SQLite may open files there. */
const besideDatabases = new Set(["server", "node", "bun", "deno", "benchmarks"]);

/** Files beside databases that open other files, each with the reason. */
const openOtherFiles: readonly string[] = [
  // A copy that no connection has open, and folders.
  "packages/stores/src/sqlite/publish.ts",
  // The log, on which SQLite has no locks.
  "packages/stores/src/sqlite/log-file.ts",
  // An empty file.
  "packages/stores/src/sqlite/last-backup.ts",
  // credentials.json.
  "packages/server/src/write-once.ts",
  "packages/server/src/credentials.ts",
  // Secrets and the configuration file, before the store is open.
  "packages/server/src/secret-files.ts",
  "packages/server/src/config-file.ts",
  "packages/server/src/delivery/running-config.ts",
  // Its configuration, requests to send, a package.json, /proc, a page of the documentation.
  "benchmarks/src/deliver/delivering-server.ts",
  "benchmarks/src/load/requests.ts",
  "benchmarks/src/processes/better-sqlite3.ts",
  "benchmarks/src/processes/server-process.ts",
  "benchmarks/src/report/document.ts",
];

/** Functions of node:fs that take a path and open nothing, and types. */
const opensNothing =
  "access chmod chown exists link lstat mkdir mkdtemp readdir readlink realpath rename rm rmdir stat statfs symlink unlink"
    .split(" ")
    .flatMap((name) => [name, `${name}Sync`])
    .concat(["Stats", "BigIntStats", "PathLike"]);

const sourcesOf = (name: string): string => {
  if (topFolders.has(name)) return `${name}/src/**`;
  return `${apps.has(name) || name === "cli" || name === "demo" ? "apps" : "packages"}/${name}/src/**`;
};

interface Pattern {
  readonly regex: string;
  readonly message: string;
  readonly allowTypeImports?: boolean;
}

const crossesByPath: Pattern = {
  regex: String.raw`^(?:\.\./)+[a-z-]+/(?:src|dist)/`,
  message: "A path into another package: import the package by its name",
};

function patternsOf(name: string): Pattern[] {
  const allowed = new Set([name, ...(mayImport[name] ?? [])]);
  const forbidden = Object.keys(mayImport).filter((other) => !allowed.has(other));
  const patterns: Pattern[] = [
    crossesByPath,
    {
      regex: `^@sessionhook/(?:${forbidden.join("|")})(?:/|$)`,
      message: `${name} must not import this package: scripts/import-rules.ts`,
    },
    { regex: "^sessionhook(?:/|$)", message: "Nothing imports the command line" },
  ];
  if (everywhere.has(name))
    patterns.push({
      regex: "^(?:node:|bun$|bun:|cloudflare:|npm:|jsr:|fs$|fs/|path$|os$|crypto$|process$)",
      message: `This module exists on one runtime only; ${name} runs on all`,
    });
  if (loadedAtStart.has(name))
    patterns.push({
      regex: "^@sessionhook/core/schemas$",
      allowTypeImports: true,
      message: "The zod schemas would load at every start",
    });
  return patterns;
}

const opensDatabase = "Closing any descriptor of a database drops the locks of the process (docs/backup.md)";
const fileAccess = ["node:fs", "fs"].map((name) => ({
  name,
  allowImportNames: opensNothing,
  message: opensDatabase,
}));
const asyncFileAccess = ["node:fs/promises", "fs/promises"].map((name) => ({ name, message: opensDatabase }));
const runtimeFileAccess = [
  ...["file", "write"].map((property) => ({ object: "Bun", property, message: opensDatabase })),
  ...[
    "open",
    "openSync",
    "readFile",
    "readFileSync",
    "readTextFile",
    "readTextFileSync",
    "writeFile",
    "writeFileSync",
  ]
    .concat([
      "writeTextFile",
      "writeTextFileSync",
      "copyFile",
      "copyFileSync",
      "create",
      "createSync",
      "truncate",
    ])
    .map((property) => ({ object: "Deno", property, message: opensDatabase })),
];

function rulesOf(name: string, beside: boolean) {
  const paths = beside ? [...fileAccess, ...asyncFileAccess] : [];
  return {
    "no-restricted-imports": ["error", { paths, patterns: patternsOf(name) }],
    ...(beside ? { "no-restricted-properties": ["error", ...runtimeFileAccess] } : {}),
    ...(everywhere.has(name)
      ? {
          "no-restricted-globals": [
            "error",
            "Deno",
            "Bun",
            "process",
            "Buffer",
            "__dirname",
            "__filename",
            "require",
          ],
        }
      : {}),
    // Apps are settings and serving: a longer file does work that belongs in a package.
    ...(apps.has(name) ? { "max-lines": ["error", { max: 60 }] } : {}),
  };
}

/** One override for each package, then the exceptions by file. */
export const importRules = [
  ...Object.keys(mayImport).map((name) => ({
    files: [sourcesOf(name)],
    rules: rulesOf(name, besideDatabases.has(name)),
  })),
  {
    files: ["packages/stores/src/sqlite/**", "packages/stores/src/sqlite.ts"],
    rules: rulesOf("stores", true),
  },
  ...openOtherFiles.map((file) => ({
    files: [file],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: patternsOf(file.startsWith("packages/") ? (file.split("/")[1] as string) : "benchmarks"),
        },
      ],
    },
  })),
  // The two files of core that use the cryptography of a runtime, behind the package import #crypto.
  {
    files: ["packages/core/src/signature/crypto-{node,bun}.ts"],
    rules: { "no-restricted-imports": "off", "no-restricted-globals": "off" },
  },
  // Tests use the suites, the data and the runtime they run on; package.json lists what they may import.
  {
    files: ["**/*.test.ts", "**/*.test.tsx"],
    rules: {
      "no-restricted-imports": ["error", { patterns: [crossesByPath] }],
      "no-restricted-globals": "off",
      "no-restricted-properties": "off",
      "max-lines": "off",
    },
  },
];
