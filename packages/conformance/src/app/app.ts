import type { AppCommand } from "./app-process.js";

/** A long-running app: its start command, or the reason why it cannot run on this machine. */
export interface App {
  /** node, bun or deno. */
  readonly runtime: string;
  readonly command: (env: Readonly<Record<string, string>>) => ReturnType<AppCommand> | { reason: string };
  /** The command that runs the CLI on this runtime. */
  readonly cli?: (args: readonly string[]) => ReturnType<AppCommand> | { reason: string };
}
