import type { Command } from "commander";
import { type ApiOptions, callJson, deliveryPath } from "../admin-api.js";
import { addServerOptions, environmentHelp } from "../feed/options.js";
import { printJsonText, type Shell } from "../shell.js";
import { showDelivery } from "../show-delivery.js";

const help = `${environmentHelp}

Examples:
  $ sessionhook deliveries get dlv_42
  $ sessionhook deliveries get dlv_42 --json`;

/** `sessionhook deliveries get`: shows a delivery with its attempts. */
export function addDeliveriesGet(deliveries: Command, shell: Shell): void {
  const command = deliveries
    .command("get")
    .description("Show a delivery with its attempts.")
    .argument("<id>", "id of the delivery");
  addServerOptions(command)
    .option("--json", "print the answer of the server as one JSON document")
    .addHelpText("after", help)
    .action(async (id: string, options: ApiOptions & { readonly json?: true }) => {
      const { text, fields } = await callJson(shell, options, "GET", deliveryPath(id));
      if (options.json === true) return printJsonText(shell, text);
      showDelivery(shell, fields);
    });
}
