import type { AppCommand } from "./app-process.js";

/** The same command under a limit of file sizes, in blocks of 512 bytes. */
export function withFileLimit(command: AppCommand, blocks: number): AppCommand {
  return (env) => {
    const { file, args } = command(env);
    return { file: "/bin/sh", args: ["-c", `ulimit -f ${blocks} && exec "$@"`, "sh", file, ...args] };
  };
}
