import type { Command } from "commander";
import { type ApiOptions, callJson, destinationPath } from "./admin-api.js";
import { cell } from "./cells.js";
import { addServerOptions } from "./feed/options.js";
import { harmless, print, printJsonText, type Shell } from "./shell.js";

type Options = ApiOptions & { readonly json?: true };

/** Adds a command that changes the state of a destination, and prints the new state. */
export function addChange(
  destinations: Command,
  shell: Shell,
  verb: "pause" | "resume",
  description: string,
  help: string,
): void {
  const command = destinations
    .command(verb)
    .description(description)
    .argument("<name>", "name of the destination");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action(async (name: string, options: Options) => {
      const { text, fields } = await callJson(shell, options, "POST", destinationPath(name, `/${verb}`));
      if (options.json === true) return printJsonText(shell, text);
      print(shell, `${cell(fields["state"])} ${harmless(name)} (${cell(fields["open"])} open)`);
    });
}
