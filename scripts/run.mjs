// The one entry of every npm script: installs and builds what is missing, then runs the command on the
// pinned Node. Plain JavaScript for Node 20 without dependencies: it is what makes them available.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { become } from "./become.mjs";
import { install } from "./install.mjs";
import { runtimeTable } from "./runtime-table.mjs";
import { startCommand } from "./runtimes.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const env = {
  ...process.env,
  PATH: `${bin}${delimiter}${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: "1",
  DO_NOT_TRACK: "1",
  COREPACK_ENABLE_STRICT: "0",
};
const node = existsSync(join(bin, "node")) ? join(bin, "node") : process.execPath;

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Runs a command quietly; what it printed is shown only when it fails. */
function quietly(label, command, args) {
  const done = spawnSync(command, args, { cwd: root, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (done.status === 0) return;
  fail(`${label} failed:\n${done.error?.message ?? ""}${done.stdout ?? ""}${done.stderr ?? ""}`);
}

/** What running the app and the command line needs; tests need everything, frameworks and browsers' tools included. */
const toRun = ["sessionhook-workspace", "@sessionhook/node...", "sessionhook..."];

function installFor(command) {
  const filters = ["start", "cli", "package"].includes(command) ? toRun : [];
  const pnpm = `pnpm@${manifest.devDependencies.pnpm}`;
  const run = (chosen) => {
    const flags = chosen.map((name) => `--filter=${name}`);
    quietly("Installing", "npx", ["--yes", pnpm, ...flags, "install", "--frozen-lockfile"]);
  };
  install({ root, filters, run, say: (line) => process.stderr.write(`${line}\n`) });
}

function checkNode() {
  if (existsSync(join(bin, "node"))) return;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return;
  fail(
    `Sessionhook needs Node 22.13 or newer; this is ${process.version} and no pinned Node exists for ${process.platform} ${process.arch}.`,
  );
}

function build(...filters) {
  quietly("The build", join(bin, "turbo"), ["run", "build", ...filters.map((name) => `--filter=${name}`)]);
}

function becomeNode(file, args) {
  become(existsSync(join(bin, "node")) ? join(bin, "node") : node, [join(root, file), ...args], root);
}

function becomeApp(runtime) {
  build(`@sessionhook/${runtime}`);
  const { file, args, reason } = startCommand(runtime, process.env);
  if (file === undefined) fail(reason);
  become(file, args, root);
}

const checks = [
  ["lint", "oxlint", ["--deny-warnings", "."]],
  ["format", "oxfmt", ["--check", "."]],
  ["arrows", "node", ["scripts/check-arrows.ts"]],
  ["types", "tsc", ["-p", "tsconfig.test.json"]],
  ["dependencies", "node", ["scripts/check-dependencies.ts"]],
  ["unused code", "knip", []],
  ["packages (publint, attw)", "turbo", ["run", "pack:check"]],
];

function check() {
  for (const [label, command, args] of checks) {
    const started = Date.now();
    quietly(`The check "${label}"`, join(bin, command), args);
    process.stdout.write(`✓ ${label} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  }
}

function test(args) {
  const report = join(root, "node_modules", ".cache", "test-report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const done = spawnSync(join(bin, "vitest"), ["run", ...reporters, ...args], {
    cwd: root,
    env,
    stdio: "inherit",
  });
  if (existsSync(report)) {
    const results = JSON.parse(readFileSync(report, "utf8"));
    const { numPassedTests, numFailedTests, numPendingTests } = results;
    process.stdout.write(
      `\n${runtimeTable(results)}\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`,
    );
  }
  process.exit(done.status ?? 1);
}

/** Writes a folder with the built Node app and nothing but what it needs at run time; see docs/deploy.md. */
function packageApp([folder]) {
  if (folder === undefined) fail("usage: npm run package -- <folder that does not exist yet>");
  const target = resolve(process.env.INIT_CWD ?? ".", folder);
  if (existsSync(target)) fail(`${target} exists; name a folder that does not exist yet`);
  build("@sessionhook/node");
  quietly("Packaging", join(bin, "pnpm"), ["--filter", "@sessionhook/node", "deploy", "--prod", target]);
  process.stdout.write(`Start it with Node 22.13 or newer: node ${join(target, "dist", "main.js")}\n`);
}

const [command, ...args] = process.argv.slice(2);
installFor(command);
checkNode();
switch (command) {
  case "start":
    becomeApp("node");
    break;
  case "start:bun":
    becomeApp("bun");
    break;
  case "start:deno":
    becomeApp("deno");
    break;
  case "cli":
    build("sessionhook");
    becomeNode("apps/cli/dist/main.js", args);
    break;
  case "package":
    packageApp(args);
    break;
  case "verify":
    build();
    check();
    break;
  case "test":
    build();
    check();
    test(args);
    break;
  case "torture":
    build();
    becomeNode("torture/src/run.ts", args);
    break;
  case "sbom":
    becomeNode("scripts/write-sbom.ts", args);
    break;
  case "bench":
    build();
    becomeNode("benchmarks/src/run.ts", args);
    break;
  case "consumers":
    build("@sessionhook/core");
    becomeNode("consumers/run.ts", args);
    break;
  default:
    fail(
      "usage: node scripts/run.mjs start | start:bun | start:deno | package | test | verify | cli | bench | torture | sbom | consumers",
    );
}
