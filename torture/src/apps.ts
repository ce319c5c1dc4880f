import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const adminToken = "an-admin-token-for-torture";

/** The settings every app runs with here. */
export const settings = {
  PORT: "0",
  LOG_LEVEL: "silent",
  SESSIONHOOK_SECRETS: secret,
  SESSIONHOOK_ADMIN_TOKEN: adminToken,
} as const;

/** The program and arguments that start an app with these settings. */
export type Command = (env: Readonly<Record<string, string>>) => { file: string; args: readonly string[] };

export interface App {
  readonly runtime: string;
  /** Or why it cannot run on this machine. */
  readonly command: Command | { readonly reason: string };
}

interface Runtimes {
  startCommand(
    runtime: string,
    env: Readonly<Record<string, string>>,
  ): ReturnType<Command> | { reason: string };
}

const main = (runtime: string) => join(root, "apps", runtime, "dist", "main.js");

/** The long-running apps of this workspace, started as `npm start` starts them. */
export async function findApps(): Promise<App[]> {
  const present = ["node", "bun", "deno"].filter((name) => existsSync(join(root, "apps", name)));
  const starters = join(root, "scripts", "runtimes.mjs");
  const runtimes = existsSync(starters) ? ((await import(starters)) as Runtimes) : undefined;
  return present.map((runtime) => ({ runtime, command: commandOf(runtime, runtimes) }));
}

function commandOf(runtime: string, runtimes: Runtimes | undefined): App["command"] {
  if (!existsSync(main(runtime))) return { reason: `the ${runtime} app is not built` };
  if (runtimes === undefined) {
    return runtime === "node"
      ? () => ({ file: process.execPath, args: [main(runtime)] })
      : { reason: "scripts/runtimes.mjs is not there" };
  }
  const probe = runtimes.startCommand(runtime, {});
  if ("reason" in probe) return probe;
  return (env) => {
    const found = runtimes.startCommand(runtime, env);
    if ("reason" in found) throw new Error(found.reason);
    return found;
  };
}

/** The Node app with another module loaded before it. */
export function nodeWithPreload(module: string): Command {
  return () => ({ file: process.execPath, args: ["--import", module, main("node")] });
}

/** A command under a limit of the shell's `ulimit`, such as `-n 64`. */
export function limited(command: Command, limit: string): Command {
  return (env) => {
    const { file, args } = command(env);
    return { file: "/bin/sh", args: ["-c", `ulimit ${limit} && exec "$@"`, "sh", file, ...args] };
  };
}
