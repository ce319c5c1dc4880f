import type { Command } from "commander";
import type { Shell } from "../shell.js";
import { configOption } from "./config-check.js";

export interface TryOptions {
  readonly file: string;
  readonly config?: string;
  readonly json?: true;
}

const help = `
Uses the code of the server to decide which destinations get an event, and prints why not, or what each would get. Nothing is
sent or stored. The event is new: a cooldown holds nothing back.
Exit code: 0 also if no destination gets the event, 1 the configuration file is not valid or there is none, 2 wrong usage.

Environment: SESSIONHOOK_CONFIG, and the variables that the file refers to.

Examples:
  $ sessionhook config try --file payload.json
  $ sessionhook events get evt_01KH5HM09WTF6DOE8K2H6DG2RI --raw | sessionhook config try --file - --json`;

/** `sessionhook config try`: shows what each destination would get of an event. */
export function addConfigTry(config: Command, shell: Shell): void {
  config
    .command("try")
    .description("Show which destinations would get an event, why not, and what each would get.")
    .requiredOption("--file <path>", "body of the event; - reads standard input")
    .option(...configOption)
    .option("--json", "print one JSON document")
    .addHelpText("after", help)
    .action(async (options: TryOptions) => {
      const { tryConfig } = await import("../config/try.js");
      await tryConfig(shell, options);
    });
}
