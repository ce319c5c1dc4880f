import type { Command } from "commander";
import { type ApiOptions, callJson, deliveryPath } from "../admin-api.js";
import { cell } from "../cells.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { harmless, print, printJsonText, type Shell } from "../shell.js";

const help = `
The delivery is due now, whatever its state, and gets a full retry schedule. One that was delivered is sent again.
${environmentHelp}

Examples:
  $ sessionhook deliveries retry dlv_42`;

/** `sessionhook deliveries retry`: makes a delivery due now. */
export function addDeliveriesRetry(deliveries: Command, shell: Shell): void {
  const command = deliveries
    .command("retry")
    .description("Send a delivery now, with a full retry schedule.")
    .argument("<id>", "id of the delivery");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action(async (id: string, options: ApiOptions & { readonly json?: true }) => {
      const { text, fields } = await callJson(shell, options, "POST", deliveryPath(id, "/retry"));
      if (options.json === true) return printJsonText(shell, text);
      print(shell, `due now ${harmless(id)} (${cell(fields["destination"])}, ${cell(fields["eventId"])})`);
    });
}
