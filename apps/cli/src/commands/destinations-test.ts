import type { Command } from "commander";
import { type ApiOptions, callJson, destinationPath } from "../admin-api.js";
import { cell, fieldsOf, reason } from "../cells.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { harmless, print, printJsonText, type Shell } from "../shell.js";

const help = `
The destination gets a sample event, whatever its filters and its state. Nothing is stored.
Exit code: 0 it was delivered; 1 it was not, or there is no such destination; 2 wrong usage.
${environmentHelp}

Examples:
  $ sessionhook destinations test backend`;

/** `sessionhook destinations test`: sends a sample event to a destination. */
export function addDestinationsTest(destinations: Command, shell: Shell): void {
  const command = destinations
    .command("test")
    .description("Send a sample event to a destination.")
    .argument("<name>", "name of the destination");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action((name: string, options: ApiOptions & { readonly json?: true }) => test(shell, name, options));
}

async function test(
  shell: Shell,
  name: string,
  options: ApiOptions & { readonly json?: true },
): Promise<void> {
  const { text, fields } = await callJson(shell, options, "POST", destinationPath(name, "/test"));
  if (fields["outcome"] !== "delivered") shell.fail();
  if (options.json === true) return printJsonText(shell, text);
  const why = fields["reason"] === null ? "" : `: ${reason(fields["reason"])}`;
  print(shell, `${cell(fields["outcome"])} ${harmless(name)}${why}`);
  const { excerpt } = fieldsOf(fields["reason"]);
  if (typeof excerpt === "string" && excerpt !== "") shell.stderr.write(`${harmless(excerpt)}\n`);
}
