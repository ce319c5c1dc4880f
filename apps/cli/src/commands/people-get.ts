import type { Command } from "commander";
import { type ApiOptions, callJson, personPath } from "../admin-api.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { printJsonText, type Shell } from "../shell.js";
import { showObject } from "../show-object.js";

const help = `
Their sessions: sessionhook sessions list --person <key>
${environmentHelp}

Examples:
  $ sessionhook people get email:ada@example.com
  $ sessionhook people get email:ada@example.com --json`;

/** `sessionhook people get`: shows an identified person. */
export function addPeopleGet(people: Command, shell: Shell): void {
  const command = people
    .command("get")
    .description("Show an identified person with first and last touch.")
    .argument("<key>", "key of the person");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action(async (key: string, options: ApiOptions & { readonly json?: true }) => {
      const { text } = await callJson(shell, options, "GET", personPath(key));
      if (options.json === true) printJsonText(shell, text);
      else showObject(shell, text);
    });
}
