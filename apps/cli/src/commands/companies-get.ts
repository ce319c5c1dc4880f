import type { Command } from "commander";
import { type ApiOptions, callJson, companyPath } from "../admin-api.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { printJsonText, type Shell } from "../shell.js";
import { showObject } from "../show-object.js";

const help = `
Its sessions: sessionhook sessions list --company <key>; its people: sessionhook people list --company <key>
${environmentHelp}

Examples:
  $ sessionhook companies get domain:example.com
  $ sessionhook companies get domain:example.com --json`;

/** `sessionhook companies get`: shows a company. */
export function addCompaniesGet(companies: Command, shell: Shell): void {
  const command = companies
    .command("get")
    .description("Show a company with first and last touch.")
    .argument("<key>", "key of the company");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action(async (key: string, options: ApiOptions & { readonly json?: true }) => {
      const { text } = await callJson(shell, options, "GET", companyPath(key));
      if (options.json === true) printJsonText(shell, text);
      else showObject(shell, text);
    });
}
