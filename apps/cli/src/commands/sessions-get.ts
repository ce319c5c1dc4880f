import type { Command } from "commander";
import { type ApiOptions, callJson, sessionPath } from "../admin-api.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { printJsonText, type Shell } from "../shell.js";
import { showObject } from "../show-object.js";

const help = `${environmentHelp}

Examples:
  $ sessionhook sessions get ses_01KH5HM09WTF6DOE8K2H6DG2RI
  $ sessionhook sessions get ses_01KH5HM09WTF6DOE8K2H6DG2RI --json`;

/** `sessionhook sessions get`: shows a session with its pages and deliveries. */
export function addSessionsGet(sessions: Command, shell: Shell): void {
  const command = sessions
    .command("get")
    .description("Show a session with its pages and the deliveries of its event.")
    .argument("<id>", "id of the session");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action(async (id: string, options: ApiOptions & { readonly json?: true }) => {
      const { text } = await callJson(shell, options, "GET", sessionPath(id));
      if (options.json === true) printJsonText(shell, text);
      else showObject(shell, text);
    });
}
