import { spawnSync } from "node:child_process";
import type { AppCommand } from "./app-process.js";

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The same command with a terminal as its standard output; the first line is `pid <id of its process>`. */
export function onTerminal(command: AppCommand): AppCommand {
  return (env) => {
    const { file, args } = command(env);
    const line = `echo pid $$; exec ${[file, ...args].map(quoted).join(" ")}`;
    return { file: "script", args: ["-qefc", line, "/dev/null"] };
  };
}

/** Why there is no terminal to be had; undefined if there is. */
export const terminalMissing =
  spawnSync("script", ["--version"]).status === 0 ? undefined : "script (util-linux) is not there";
