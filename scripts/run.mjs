// The one entry of every npm script: installs and builds what is missing, then runs the command on the
// pinned Node. Plain JavaScript for Node 20 without dependencies: it is what makes them available.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
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

function pnpm(label, args) {
  quietly(label, "npx", ["--yes", `pnpm@${manifest.devDependencies.pnpm}`, ...args]);
}

/** The workspace packages that a command runs; the others need everything, test frameworks and browsers' tools included. */
const toRun = {
  start: ["@sessionhook/node", "sessionhook"],
  "start:bun": ["@sessionhook/bun", "sessionhook"],
  "start:deno": ["@sessionhook/deno", "sessionhook"],
  demo: ["@sessionhook/demo", "sessionhook"],
  cli: ["sessionhook"],
  package: ["@sessionhook/node"],
  "build:lambda": ["@sessionhook/aws-lambda"],
  "build:workers": ["@sessionhook/cloudflare-workers"],
};

/**
 * Arguments that install the root's `dependencies` (what the build needs) and those of the packages, without
 * anything for development. The lockfile is trusted as much as the code beside it: CI has checked the age of its
 * entries, which takes the metadata of every package, 200 MB.
 */
function productionOf(packages) {
  const filters = packages.map((name) => `--filter-prod=${name}...`);
  return ["--filter=sessionhook-workspace", ...filters, "--prod", "--trust-lockfile"];
}

function installFor(command) {
  const run = (packages) => {
    const scope = packages.length > 0 ? productionOf(packages) : [];
    pnpm("Installing", [...scope, "install", "--frozen-lockfile"]);
  };
  const say = (line) => process.stderr.write(`${line}\n`);
  install({ root, packages: toRun[command] ?? [], run, say });
}

function checkNode() {
  if (existsSync(join(bin, "node"))) return;
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 13)) return;
  fail(
    `Sessionhook needs Node 22.13 or newer; this is ${process.version} and no pinned Node exists for ${process.platform} ${process.arch}.`,
  );
}

function buildAll() {
  quietly("The build", join(bin, "turbo"), ["run", "build"]);
}

/** Builds a package and those it refers to, with what a small install brings. */
function build(folder) {
  quietly("The build", join(bin, "tsc"), ["-b", folder]);
}

function becomeNode(file, args) {
  become(existsSync(join(bin, "node")) ? join(bin, "node") : node, [join(root, file), ...args], root);
}

/** Builds an app of a long-running runtime. */
function buildApp(runtime) {
  build(`apps/${runtime}`);
  quietly("The bundle", process.execPath, [join(root, "scripts", "bundle-app.mjs"), runtime]);
}

function becomeApp(runtime) {
  buildApp(runtime);
  const { file, args, reason } = startCommand(runtime, process.env);
  if (file === undefined) fail(reason);
  become(file, args, root);
}

/** Builds an app that is deployed as one file; its script prints where the bundle is and its size. */
function bundle(app, next) {
  build(`apps/${app}`);
  const node = existsSync(join(bin, "node")) ? join(bin, "node") : process.execPath;
  const done = spawnSync(node, [join(root, "apps", app, "scripts", "bundle.ts")], { env, stdio: "inherit" });
  if (done.status !== 0) process.exit(done.status ?? 1);
  process.stdout.write(`${next}\n`);
}

const checks = [
  ["lint", "oxlint", ["--deny-warnings", "."]],
  ["format", "oxfmt", ["--check", "."]],
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

/** Writes a folder with the built Node app, the command line, and nothing but what they need at run time; see docs/deploy.md. */
function packageApp([folder]) {
  if (folder === undefined) fail("usage: npm run package -- <folder that does not exist yet>");
  const target = resolve(process.env.INIT_CWD ?? ".", folder);
  if (existsSync(target)) fail(`${target} exists; name a folder that does not exist yet`);
  buildApp("node");
  build("apps/cli");
  pnpm("Packaging", ["--filter", "@sessionhook/node", "deploy", "--prod", target]);
  const cli = join("node_modules", "sessionhook", "dist", "main.js");
  chmodSync(join(target, cli), 0o755);
  mkdirSync(join(target, "bin"));
  symlinkSync(join("..", cli), join(target, "bin", "sessionhook"));
  process.stdout.write(`With Node 22.13 or newer:
  start it         node ${join(target, "dist", "main.js")}
  its commands     ${join(target, "bin", "sessionhook")} --help
`);
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
  case "demo":
    build("apps/demo");
    // The command line that the demo prints.
    build("apps/cli");
    becomeNode("apps/demo/dist/main.js", args);
    break;
  case "cli":
    build("apps/cli");
    becomeNode("apps/cli/dist/main.js", args);
    break;
  case "package":
    packageApp(args);
    break;
  case "build:lambda":
    bundle(
      "aws-lambda",
      `Deploy it with SAM:       cd apps/aws-lambda && sam deploy --guided --stack-name sessionhook --capabilities CAPABILITY_IAM
or with Terraform:        terraform -chdir=deploy/terraform init && terraform -chdir=deploy/terraform apply
Create the secret first:  docs/runtimes/aws-lambda.md`,
    );
    break;
  case "build:workers":
    bundle(
      "cloudflare-workers",
      `Try it:     cd apps/cloudflare-workers && npx wrangler@4.164.0 dev --port 8787
Deploy it:  docs/runtimes/cloudflare-workers.md`,
    );
    break;
  case "verify":
    buildAll();
    check();
    break;
  case "test":
    buildAll();
    check();
    test(args);
    break;
  case "torture":
    buildAll();
    becomeNode("torture/src/run.ts", args);
    break;
  case "pictures":
    buildAll();
    becomeNode("apps/demo/scripts/pictures.ts", args);
    break;
  case "sbom":
    becomeNode("scripts/write-sbom.ts", args);
    break;
  case "bench":
    buildAll();
    becomeNode("benchmarks/src/run.ts", args);
    break;
  case "consumers":
    buildApp("node");
    for (const folder of ["packages/simulator", "packages/testkit"]) build(folder);
    becomeNode("consumers/run.ts", args);
    break;
  default:
    fail(
      "usage: node scripts/run.mjs start | start:bun | start:deno | demo | package | build:lambda | build:workers | test | verify | cli | bench | torture | pictures | sbom | consumers",
    );
}
