import type { Command } from "commander";
import { type ApiOptions, callJson, destinationPath } from "../admin-api.js";
import { cell } from "../cells.js";
import { usageError } from "../cli-error.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { harmless, print, printJsonText, type Shell } from "../shell.js";

type Options = ApiOptions & { readonly yes?: true; readonly json?: true };

const help = `
For a destination that was removed from the configuration for good. Its open deliveries become dead letters with the reason discarded,
and retention can delete their events. If the name is back in the configuration, sessionhook replay sends them again.
Exit code: 0 none is open any more; 1 it failed, or the destination is in the configuration; 2 wrong usage, or --yes is missing.
${environmentHelp}

Examples:
  $ sessionhook destinations discard former --yes`;

/** `sessionhook destinations discard`: ends the open deliveries of a removed destination. */
export function addDestinationsDiscard(destinations: Command, shell: Shell): void {
  const command = destinations
    .command("discard")
    .description("End the open deliveries of a destination that is not in the configuration.")
    .argument("<name>", "name of the destination");
  addServerOptions(command)
    .option("--yes", "confirm that they are not to be sent")
    .option("--json", "print the last answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((name: string, options: Options) => discard(shell, name, options));
}

async function discard(shell: Shell, name: string, options: Options): Promise<void> {
  if (options.yes !== true)
    throw usageError("--yes is missing: it confirms that the open deliveries are not to be sent");
  for (let before = Infinity; ;) {
    const { text, fields } = await callJson(shell, options, "POST", destinationPath(name, "/discard"));
    const open = Number(fields["open"]);
    // The server answers after some seconds at most; another process can send to it still.
    if (open > 0 && open < before) {
      before = open;
      continue;
    }
    if (open > 0) shell.fail();
    if (options.json === true) return printJsonText(shell, text);
    return print(shell, `discarded ${harmless(name)} (${cell(open)} open, ${cell(fields["dead"])} dead)`);
  }
}
