import type { Command } from "commander";
import type { Shell } from "../shell.js";

export interface CheckOptions {
  readonly config?: string;
  readonly json?: true;
}

/** Option of the commands that read the configuration file. */
export const configOption = [
  "--config <file>",
  "configuration file (default: SESSIONHOOK_CONFIG, else sessionhook.config.ts, .js or .json)",
] as const;

const help = `
Reads the configuration file as the server does at its start, with the secrets that it refers to, and prints its
destinations. Nothing is connected to. Every problem is printed with its key, in JSON also with line and column.
Exit code: 0 it is valid, 1 it is not or there is no file, 2 wrong usage.

Environment: SESSIONHOOK_CONFIG, and the variables that the file refers to.

Examples:
  $ sessionhook config check
  $ sessionhook config check --config staging.config.json --json`;

/** `sessionhook config check`: validates the configuration file. */
export function addConfigCheck(config: Command, shell: Shell): void {
  config
    .command("check")
    .description("Validate the configuration file and print its destinations.")
    .option(...configOption)
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action(async (options: CheckOptions) => {
      const { checkConfig } = await import("../config/check.js");
      await checkConfig(shell, options);
    });
}
