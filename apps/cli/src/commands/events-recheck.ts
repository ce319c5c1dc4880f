import type { Command } from "commander";
import { type ApiOptions, callJson, eventPath } from "../admin-api.js";
import { codeOf } from "../http.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { harmless, print, printJsonText, type Shell } from "../shell.js";

const help = `${environmentHelp}

Examples:
  $ sessionhook events recheck evt_01KH5HM09WTF6DOE8K2H6DG2RI`;

/** `sessionhook events recheck`: classifies a stored event again. */
export function addEventsRecheck(events: Command, shell: Shell): void {
  const command = events
    .command("recheck")
    .description(
      "Classify a stored event again with the current schemas of the server, and store the new status.",
    )
    .argument("<id>", "message id");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action(async (id: string, options: ApiOptions & { readonly json?: true }) => {
      const { text, fields } = await callJson(shell, options, "POST", eventPath(id, "/recheck"));
      if (options.json === true) return printJsonText(shell, text);
      const status = codeOf(fields["status"]);
      print(shell, `rechecked ${harmless(id)}${status === undefined ? "" : ` (${status})`}`);
    });
}
