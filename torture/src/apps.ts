import type { Command } from "@sessionhook/testkit";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
export const root = fileURLToPath(new URL("../..", import.meta.url));
export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
export const adminToken = "an-admin-token-for-torture";

/** The settings of every app here. */
export const settings = {
  PORT: "0",
  LOG_LEVEL: "silent",
  SESSIONHOOK_SECRETS: secret,
  SESSIONHOOK_ADMIN_TOKEN: adminToken,
} as const;

export type { Command };

export interface App {
  readonly runtime: string;
  /** The reason why it cannot run on this machine, if any. */
  readonly command: Command | { readonly reason: string };
}

type Runtime = "node" | "oldest node" | "bun" | "deno";
type Found = ReturnType<Command> | { readonly reason: string };

/** The commands by which the scripts of this workspace start programs on a runtime. */
interface Runtimes {
  startCommand(runtime: Runtime, env: Readonly<Record<string, string>>): Found;
  cliCommand(runtime: Runtime, args: readonly string[]): Found;
  runtimeBinary(runtime: Runtime): string | undefined;
}

const runtimes = (await import(join(root, "scripts", "runtimes.mjs"))) as Runtimes;
export const { runtimeBinary } = runtimes;

const main = (runtime: string) => join(root, "apps", runtime, "dist", "main.js");

/** Returns the long-running apps of this workspace with the start commands of `npm start`. */
export function findApps(): App[] {
  return (["node", "bun", "deno"] as const).map((runtime) => ({ runtime, command: commandOf(runtime) }));
}

/** Returns the Node app on the oldest supported Node, or the reason why it cannot run on this machine. */
export function oldestNode(): App["command"] {
  return commandOf("oldest node");
}

function commandOf(runtime: Runtime): App["command"] {
  if (!existsSync(main(runtime.replace("oldest ", "")))) return { reason: `the ${runtime} app is not built` };
  const probe = runtimes.startCommand(runtime, {});
  return "reason" in probe ? probe : (env) => existing(runtimes.startCommand(runtime, env));
}

/** Runs the command line for a database, on the runtime of an app. */
export function cliCommand(
  app: App,
  database: string,
  args: readonly string[],
): readonly [string, ...string[]] {
  const { file, args: all } = existing(runtimes.cliCommand(app.runtime as Runtime, args));
  return ["env", `SESSIONHOOK_STORE=sqlite:${database}`, file, ...all];
}

function existing(command: Found): ReturnType<Command> {
  if ("reason" in command) throw new Error(command.reason);
  return command;
}

/** Returns the Node app with another module loaded before it. */
export function nodeWithPreload(module: string): Command {
  return () => ({ file: process.execPath, args: ["--import", module, main("node")] });
}

/** Returns a command with a limit of the shell's `ulimit`, such as `-n 64`. */
export function limited(command: Command, limit: string): Command {
  return (env) => {
    const { file, args } = command(env);
    return { file: "/bin/sh", args: ["-c", `ulimit ${limit} && exec "$@"`, "sh", file, ...args] };
  };
}
