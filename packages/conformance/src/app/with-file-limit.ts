import type { AppCommand } from "./app-process.js";

/** Returns the command with a limit on file sizes, in blocks of 512 bytes. */
export function withFileLimit(command: AppCommand, blocks: number): AppCommand {
  return (env) => {
    const { file, args } = command(env);
    return { file: "/bin/sh", args: ["-c", `ulimit -f ${blocks} && exec "$@"`, "sh", file, ...args] };
  };
}
