import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { type AppCommand, AppProcess, adminToken, secret } from "./app/app-process.js";
import type { App } from "./app/app.js";
import { describeAfterKill } from "./app/after-a-kill.js";
import { describeBrokenExports } from "./app/broken-exports.js";
import { describeBackups } from "./app/backups.js";
import { describeCanaries } from "./app/canaries.js";
import { describeConfigFile } from "./app/config-file.js";
import { describeKills } from "./app/kill.js";
import { describeHardships } from "./app/hardships.js";
import { describeOutsideReaders } from "./app/outside-readers.js";
import { describeReplacedFiles } from "./app/replaced-files.js";
import { describeBasePath } from "./app/base-path.js";
import { describeHosts } from "./app/hosts.js";
import { describeOneTimeLink } from "./app/one-time-link.js";
import { describeKeepAlive } from "./app/keep-alive.js";
import { describePrivacy } from "./app/privacy.js";
import { describeRefusedStarts } from "./app/refused-starts.js";
import { describeReread } from "./app/reread.js";
import { describeRunning } from "./app/running.js";
import { describeStarting } from "./app/starting.js";
import { describeStrayErrors } from "./app/stray-errors.js";
import { describeWalk } from "./app/walk.js";
import { describeTestsOn, type RuntimeTests } from "./app/tests-on-runtime.js";
import { describeClients } from "./proxies/clients.js";
import { describeHaproxy } from "./proxies/haproxy.js";
import { describeNginx } from "./proxies/nginx.js";
import { missing } from "./proxies/programs.js";
import { describeRuntime, runtimeSettings } from "./runtime-suite.js";

export type { App } from "./app/app.js";
export { type AppCommand, AppProcess };

const secondSecret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/** Tests a long-running app as a process: answers, start, stop, credentials, rejections. */
export function describeApp(app: App): void {
  withCommand(app, `the app on ${app.runtime}`, (command) => {
    describeWithRuntime(app, command);
    const { cli } = app;
    describe("a start that cannot be", () => describeRefusedStarts(command));
    describe("secrets in files", () => describeReread(command));
    describe("what failed deliveries show", () => describeCanaries(command));
    if (cli !== undefined) describe("erases personal data", () => describePrivacy(app, command, cli));
    describe("below a path", () => describeBasePath(command));
    describe("under the names that lead to it", () => describeHosts(command));
    describe("the link that signs in", () => describeOneTimeLink(command));
  });
}

/** Tests an app on an older version of a runtime: all that depends on the version, such as its HTTP server, files and threads. */
export function describeAppOnOlder(app: App): void {
  withCommand(app, `the app on ${app.runtime}`, (command) => describeWithRuntime(app, command));
}

function describeWithRuntime({ runtime, cli }: App, command: AppCommand): void {
  describe("running", () => describeRunning(command));
  describe("starting and stopping", () => describeStarting(command));
  describe("the configuration file", () => describeConfigFile(command));
  describe("functions of the configuration file", () => describeStrayErrors(command));
  describe("idle connections", () => describeKeepAlive(command, runtime));
  describe("beside other programs that open its database", () => {
    describeOutsideReaders(command);
    if (cli !== undefined) describeBackups(command, cli);
  });
  if (cli !== undefined) describe("delivering over HTTP", () => describeWalk(command, cli));
  describe("exports", () => describeBrokenExports(command));
  describe("in a hostile environment", () => describeHardships(command));
}

/** Tests an app behind reverse proxies and with other HTTP clients. A bare machine has none of them; REQUIRE_PROXIES=1 requires them. */
export function describeAppProxies(app: App): void {
  withCommand(app, `proxies and clients before the app on ${app.runtime}`, (command) => {
    for (const [program, flag, body] of [
      ["nginx", "-v", describeNginx],
      ["haproxy", "-v", describeHaproxy],
    ] as const) {
      const reason = missing(program, flag);
      describe.skipIf(reason !== undefined)(`${program}${reason === undefined ? "" : ` (${reason})`}`, () =>
        body(command),
      );
    }
    describe("clients", () => describeClients(command));
  });
}

/** Tests an app whose files are deleted, truncated or replaced. In its own test file because it takes long. */
export function describeAppFiles(app: App): void {
  withCommand(app, `changed files on ${app.runtime}`, describeReplacedFiles);
}

/** Tests how soon deliveries continue after kill -9. In its own test file because nothing may run beside it. */
export function describeAppAfterKill(app: App): void {
  withCommand(app, `the app on ${app.runtime} after kill -9`, describeAfterKill);
}

/** Tests several rounds of kill -9. In its own test file because it takes long. */
export function describeAppKills(app: App): void {
  withCommand(app, `kill -9 on ${app.runtime}`, describeKills);
}

/** Runs the table of cases that every runtime must pass against the app as a process. */
export function describeAppRuntime(app: App): void {
  withCommand(app, undefined, (command) => {
    const running = new AppProcess(command, {
      ...runtimeSettings,
      SESSIONHOOK_SECRETS: `${secret} ${secondSecret}`,
      SESSIONHOOK_CONFIG: "sessionhook.config.json",
    });
    const config = { destinations: { archive: { type: "files", path: "data/archive" } } };
    writeFileSync(join(running.folder, "sessionhook.config.json"), JSON.stringify(config));
    describeRuntime(app.runtime, {
      start: async () => {
        await running.start();
        const { hostname: host, port } = new URL(running.origin);
        return {
          fetch: (path, init) => fetch(`${running.origin}${path}`, { redirect: "manual", ...init }),
          socket: { host, port: Number(port) },
          adminToken,
          secrets: [secret, secondSecret],
        };
      },
      stop: () => running.cleanUp(),
    });
  });
}

/**
 * Runs the tests of the SQLite store on the runtime of the app.
 * @param program vitest and its arguments on that runtime, or why it cannot run here
 */
export function describeAppStore(runtime: string, program: ReturnType<App["command"]>, root: string): void {
  const proof = { prefix: `EventLog: SQLite on ${runtime} `, least: 50 };
  describeOn(runtime, program, root, { title: "the store", proof });
}

/** Runs the tests of core's signatures on the runtime of the app: all vectors, and the maximum cost of a message. */
export function describeAppSignatures(
  runtime: string,
  program: ReturnType<App["command"]>,
  root: string,
): void {
  const proof = { prefix: `with node:crypto on ${runtime} `, least: 150 };
  describeOn(runtime, program, root, { title: "signatures", proof });
}

/** Runs the tests of all destinations on the runtime of the app: their clients and files are its own. */
export function describeAppDestinations(
  runtime: string,
  program: ReturnType<App["command"]>,
  root: string,
): void {
  const proof = { prefix: `the address guard on ${runtime} `, least: 90 };
  describeOn(runtime, program, root, { title: "destinations", proof });
}

function describeOn(
  runtime: string,
  program: ReturnType<App["command"]>,
  root: string,
  tests: RuntimeTests,
): void {
  withCommand({ runtime, command: () => program }, `${tests.title} on ${runtime}`, (command) =>
    describeTestsOn(runtime, command({}), root, tests),
  );
}

/**
 * Runs tests with the command of an app. If the machine has no binary of the runtime, they are skipped visibly, or fail
 * with REQUIRE_RUNTIMES=1, as in CI.
 */
export function withCommand(app: App, title: string | undefined, body: (command: AppCommand) => void): void {
  const probe = app.command({});
  if ("reason" in probe) {
    describe(title ?? `runtime: ${app.runtime}`, () => {
      it.skipIf(process.env["REQUIRE_RUNTIMES"] !== "1")(`needs ${app.runtime}: ${probe.reason}`, () => {
        throw new Error(probe.reason);
      });
    });
    return;
  }
  const command: AppCommand = (env) => {
    const found = app.command(env);
    if ("reason" in found) throw new Error(found.reason);
    return found;
  };
  if (title === undefined) body(command);
  else describe(title, () => body(command));
}
