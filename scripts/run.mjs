// The one entry of every npm script: installs and builds what is missing, then runs the command on the
// pinned Node. Plain JavaScript for Node 20 without dependencies: it is what makes them available.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = join(root, "node_modules", ".bin");
const installMark = join(root, "node_modules", ".sessionhook-installed");
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

function install() {
  const lock = ["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"].map((name) =>
    readFileSync(join(root, name)),
  );
  const hash = createHash("sha256").update(Buffer.concat(lock)).digest("hex");
  if (existsSync(installMark) && readFileSync(installMark, "utf8") === hash) return;
  process.stderr.write("Installing dependencies …\n");
  const pnpm = `pnpm@${manifest.devDependencies.pnpm}`;
  quietly("Installing", "npx", ["--yes", pnpm, "install", "--frozen-lockfile"]);
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(installMark, hash);
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

/** Hands over to a program: same terminal, same signals, same exit code. */
function become(file, args) {
  const child = spawn(existsSync(join(bin, "node")) ? join(bin, "node") : node, [join(root, file), ...args], {
    cwd: root,
    env: process.env,
    stdio: "inherit",
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // A signal to npm ends its shell and never arrives here; the shell's death must not leave the app behind.
  if (process.env.npm_lifecycle_event !== undefined) {
    const parent = process.ppid;
    setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 200).unref();
  }
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
}

const checks = [
  ["lint", "oxlint", ["--deny-warnings", "."]],
  ["format", "oxfmt", ["--check", "."]],
  ["arrows", "node", ["scripts/check-arrows.ts"]],
  ["types", "tsc", ["-p", "tsconfig.test.json"]],
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
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
    process.stdout.write(
      `\n${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`,
    );
  }
  process.exit(done.status ?? 1);
}

const [command, ...args] = process.argv.slice(2);
install();
checkNode();
switch (command) {
  case "start":
    build("@sessionhook/node");
    become("apps/node/dist/main.js", args);
    break;
  case "cli":
    build("sessionhook");
    become("apps/cli/dist/main.js", args);
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
  case "bench":
    build();
    become("benchmarks/src/run.ts", args);
    break;
  default:
    fail("usage: node scripts/run.mjs start | test | verify | cli | bench");
}
